import { useEffect, useEffectEvent } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { querySearch } from '../page-url.ts'

/** @param page undefined while its rows are on their way: what nobody has seen is no search yet */
export function useRememberSearch(tenant: string, page: PageQuery | undefined): void {
  // The same search with another row open, or at other rows, is the same search; the defaults are none.
  const search = page && querySearch(page)
  const remember = useEffectEvent(async () => {
    if (page === undefined || page.asOf === 'now') return
    // Where the server is gone by then, the next search is remembered again: nobody asked for this one to be.
    const searches = await import('./recent-searches.ts').catch(() => undefined)
    searches?.rememberSearch(tenant, page)
  })
  // Synchronises what this device remembers of searches with the address.
  useEffect(() => {
    if (search) void remember()
  }, [search])
}
