/** The queries that were applied last on this device, with every parameter stated, as in saved views. */
import * as z from 'zod/mini'
import { viewContent, viewFormat } from '../../../contract/model/view.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { readStated, stateQuery } from '../../../contract/query/stated-query.ts'
import { createKept, parseKept } from '../../ui/kept.ts'
import { fromFirstRow, querySearch } from '../page-url.ts'

const { format, parameters } = viewContent.shape
const entry = z.object({ tenant: z.string(), format, parameters })

type Entry = z.infer<typeof entry>

export const keptRecent = createKept('hindsight.recent')

const mostRecent = 10

/** The latest first. Those that this version cannot read whole are left out. */
export function recentSearches(text: string | undefined, tenant: string): readonly PageQuery[] {
  return entries(text)
    .filter((one) => one.tenant === tenant)
    .flatMap((one) => {
      const read = readStated(one.format, one.parameters)
      return read.kind === 'read' ? [read.page] : []
    })
}

export function rememberSearch(tenant: string, page: PageQuery): void {
  const others = entries(keptRecent.read()).filter((one) => one.tenant !== tenant)
  const search = querySearch(page)
  const earlier = recentSearches(keptRecent.read(), tenant).filter((other) => querySearch(other) !== search)
  const own = [fromFirstRow(page), ...earlier].slice(0, mostRecent).map((one) => ({
    tenant,
    format: viewFormat,
    parameters: stateQuery(one),
  }))
  keptRecent.write(JSON.stringify([...own, ...others]))
}

export function forgetSearches(tenant: string): void {
  const others = entries(keptRecent.read()).filter((one) => one.tenant !== tenant)
  keptRecent.write(others.length === 0 ? undefined : JSON.stringify(others))
}

function entries(text: string | undefined): readonly Entry[] {
  const value = parseKept(text)
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => {
    const read = entry.safeParse(one)
    return read.success ? [read.data] : []
  })
}
