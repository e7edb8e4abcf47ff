/** The router's raw search (names and texts as they stand in the URL) to the page's query, and back. */

import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
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

/** What changes the order or the number of rows, and not which engagements there are. */
const arranging: ReadonlySet<string> = new Set<keyof PageQuery>(['sort', 'limit'])

/**
 * What changes when another query is applied: it begins at its first row, with nothing open. A moment that only held pages
 * together goes; one that was chosen stays, and the number that was shared with it as long as it counts the same.
 */
export function applyChange(page: PageQuery, change: Partial<PageQuery>): PageQuery {
  const sameEngagements = Object.keys(change).every((name) => arranging.has(name))
  return {
    ...page,
    open: undefined,
    ...playerClosed,
    offset: 0,
    n: sameEngagements ? page.n : undefined,
    ...(momentIsOfPaging(page) && { asOf: page.sample === undefined ? undefined : 'now' }),
    ...change,
  }
}

/**
 * The page of the same list that begins at a row. Pages after the first are of one moment, so that no row comes twice or is
 * left out while others arrive; the first is of now again, unless its moment was chosen.
 * @param shown the moment of the rows that are shown
 */
export function turnTo(page: PageQuery, offset: number, shown: EngagementFilter['asOf']): PageQuery {
  const to = { ...page, offset: Math.max(0, offset), open: undefined, ...playerClosed }
  if (to.offset > 0) return { ...to, asOf: page.asOf ?? shown }
  return momentIsOfPaging(page) ? { ...to, asOf: undefined } : to
}

/** Wherever one stands in its pages, the list from its beginning: what is kept of it is of no moment that only held them together. */
export function fromFirstRow(page: PageQuery): PageQuery {
  return page.offset > 0 ? turnTo(page, 0, undefined) : page
}

/** Sampled in place of pages, from the engagements of the moment shown. */
export function drawSample(page: PageQuery, seed: number, shown: EngagementFilter['asOf']): PageQuery {
  const asOf = page.asOf ?? shown ?? 'now'
  return {
    ...page,
    open: undefined,
    ...playerClosed,
    offset: 0,
    asOf,
    sample: page.sample ?? sampleSize,
    seed,
  }
}

export function leaveSample(page: PageQuery): PageQuery {
  const whole = { ...page, open: undefined, ...playerClosed, sample: undefined, seed: undefined }
  return momentIsOfPaging(page) ? { ...whole, asOf: undefined } : whole
}

export const sampleSize = 10

/** Turning pages and sampling bring a moment along; one on a first page, or with the number that was shared, was chosen. */
function momentIsOfPaging({ asOf, n, offset, sample }: PageQuery): boolean {
  return asOf !== undefined && n === undefined && (offset > 0 || sample !== undefined)
}

/** The search of the applied query, wherever one stands in its rows: the same text is the same query. */
export function querySearch(page: PageQuery): string {
  return stringifySearch(writePage(applyChange(page, {})))
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
