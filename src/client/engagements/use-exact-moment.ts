import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { earliestInstant } from '../../contract/query/instant.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { EngagementList } from '../api/queries.ts'

/**
 * `now`, like a moment yet to come, is another one for everybody who opens a link. The address gets the one that it stood for
 * here, so that from then on it shows the same rows to all. Where nothing had arrived there is no moment to keep to.
 */
export function useExactMoment(
  page: PageQuery,
  list: UseQueryResult<EngagementList>,
  replace: (page: PageQuery) => void,
): void {
  const { asOf } = page
  const exact = list.isPlaceholderData ? undefined : list.data?.asOf
  const settle = useEffectEvent(() => replace({ ...page, asOf: exact }))
  // Synchronises the address with the moment that the server took it for.
  useEffect(() => {
    const open = asOf === 'now' || (asOf !== undefined && asOf > Date.now())
    if (open && exact !== undefined && exact !== earliestInstant) settle()
  }, [asOf, exact])
}
