/** Engagements to be heard one after the other: while there is a queue, the player's next and previous stay inside it. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { type Direction, isPlayable, type ListPage, mostPages } from '../nearest-recorded.ts'

/** Some of those to be heard, each with an id and recordings. */
interface Gathered {
  readonly engagements: readonly EngagementV1[]
  /** Looks through the pages that follow; absent: these are all. */
  readonly more?: (() => Promise<Gathered>) | undefined
}

export interface ReviewQueue extends Gathered {
  readonly of: 'selection' | 'filter'
}

/** From an engagement that is not in the queue, next is its first and previous its last. */
export function besideInQueue(
  { engagements }: ReviewQueue,
  direction: Direction,
  id: string | undefined,
): string | undefined {
  const at = engagements.findIndex((engagement) => engagement.id === id)
  if (direction === 'next') return engagements[at + 1]?.id
  return at < 0 ? engagements.at(-1)?.id : engagements[at - 1]?.id
}

/**
 * Looks through a list until a page has something to be heard, the list ends, or many pages had nothing.
 * @param pageAt a page of the list, which must be of one moment: what arrives meanwhile would move the pages
 */
export async function gatherRecorded(
  pageAt: (offset: number) => Promise<ListPage>,
  from = 0,
): Promise<Gathered> {
  let offset = from
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { engagements, hasMore } = await pageAt(offset)
    offset += engagements.length
    const recorded = engagements.filter(isPlayable)
    if (!hasMore) return { engagements: recorded }
    if (recorded.length > 0) return { engagements: recorded, more: () => gatherRecorded(pageAt, offset) }
  }
  return { engagements: [], more: () => gatherRecorded(pageAt, offset) }
}

/** The queue with what the next pages bring; as it is, where these are all. */
export async function lengthened(queue: ReviewQueue): Promise<ReviewQueue> {
  if (queue.more === undefined) return queue
  const { engagements, more } = await queue.more()
  const known = new Set(queue.engagements.map(({ id }) => id))
  const fresh = engagements.filter(({ id }) => !known.has(id))
  return { ...queue, engagements: [...queue.engagements, ...fresh], more }
}
