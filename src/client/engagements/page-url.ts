/** The router's raw search (names and texts as they stand in the URL) to the page's query, and back. */

import { type PageQuery, pageQuery } from '../../contract/query/page-query.ts'
import type { ParamError } from '../../contract/query/param.ts'
import { encodeQueryValue } from '../../contract/routes.ts'

/** Every name with every text given under it, in order. */
export type RawSearch = Readonly<Record<string, readonly string[]>>

export function parseSearch(search: string): RawSearch {
  return gather(new URLSearchParams(search))
}

export function stringifySearch(raw: RawSearch): string {
  const pairs = entriesOf(raw).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeQueryValue(value)}`,
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

export function readPage(raw: RawSearch): {
  readonly page: PageQuery
  readonly ignored: readonly ParamError[]
} {
  const { values, errors } = pageQuery.read(entriesOf(raw))
  return { page: values, ignored: errors }
}

export function writePage(page: PageQuery): RawSearch {
  return gather(pageQuery.write(page))
}

/** The player is not there. */
export const playerClosed = { rec: undefined, t: undefined, span: undefined } satisfies Partial<PageQuery>

/** What changes when another query is applied: it begins at its first row, with nothing open. */
export function applyChange(page: PageQuery, change: Partial<PageQuery>): PageQuery {
  return { ...page, open: undefined, ...playerClosed, offset: 0, ...change }
}

function gather(pairs: Iterable<readonly [string, string]>): RawSearch {
  const byName = new Map<string, string[]>()
  for (const [name, value] of pairs) byName.set(name, [...(byName.get(name) ?? []), value])
  return Object.fromEntries(byName)
}

function entriesOf(raw: RawSearch): [string, string][] {
  return Object.entries(raw).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [String(values)]).map((value): [string, string] => [name, value]),
  )
}
