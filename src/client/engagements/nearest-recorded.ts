/** The nearest engagement that has recordings, after or before the one in the player, in the list's own order. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'

export type Direction = 'next' | 'previous'

/** What of a page of the list is looked at. */
export interface ListPage {
  readonly engagements: readonly EngagementV1[]
  readonly hasMore: boolean
}

export type Nearest =
  | { readonly kind: 'found'; readonly id: string; readonly offset: number }
  /** The list ends without one. */
  | { readonly kind: 'end' }
  /** So many rows were looked through and have none; there are more. */
  | { readonly kind: 'far'; readonly rows: number }

/** Who wants one that is further away filters for it; every page is a request. */
export const mostPages = 20

/** @returns its id, when it is on the same page */
export function recordedBeside(
  direction: Direction,
  engagements: readonly EngagementV1[],
  id: string,
): string | undefined {
  const at = engagements.findIndex((engagement) => engagement.id === id)
  return direction === 'next'
    ? engagements.slice(at + 1).find(isPlayable)?.id
    : engagements.slice(0, Math.max(0, at)).findLast(isPlayable)?.id
}

/**
 * Looks through the pages beyond a page's edge, the nearest first.
 * @param from where that page begins, how long pages are, and what is on it: rows that came in meanwhile move the pages, and
 * one of its engagements may show up on the next page too
 */
export async function recordedBeyond(
  direction: Direction,
  from: { readonly offset: number; readonly limit: number; readonly page: ListPage },
  pageAt: (offset: number) => Promise<ListPage>,
): Promise<Nearest> {
  const here = new Set(from.page.engagements.map(({ id }) => id))
  const elsewhere = (engagement: EngagementV1) => isPlayable(engagement) && !here.has(engagement.id)
  let { offset } = from
  let more = direction === 'next' ? from.page.hasMore : offset > 0
  for (let pages = 0; more; pages += 1) {
    if (pages === mostPages) return { kind: 'far', rows: pages * from.limit }
    offset = direction === 'next' ? offset + from.limit : Math.max(0, offset - from.limit)
    const { engagements, hasMore } = await pageAt(offset)
    const found = direction === 'next' ? engagements.find(elsewhere) : engagements.findLast(elsewhere)
    if (found?.id !== undefined) return { kind: 'found', id: found.id, offset }
    more = direction === 'next' ? hasMore : offset > 0
  }
  return { kind: 'end' }
}

/** Without an id there is nothing to keep in the URL. */
export function isPlayable({ id, recordings = [] }: EngagementV1): boolean {
  return id !== undefined && recordings.length > 0
}
