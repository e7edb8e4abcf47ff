/** Engagements to be heard one after the other: while there is a queue, the player's next and previous stay inside it. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { Direction } from '../nearest-recorded.ts'

export interface ReviewQueue {
  readonly of: 'selection' | 'filter'
  /** Each with an id and recordings. */
  readonly engagements: readonly EngagementV1[]
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
