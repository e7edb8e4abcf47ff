import type { UseQueryResult } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { mostRows } from '../../contract/query/engagement-query.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { EngagementList } from '../api/queries.ts'
import { neighbourTexts } from '../texts/en/neighbours.ts'
import {
  type Direction,
  mostPages,
  type Nearest,
  recordedBeside,
  recordedBeyond,
} from './nearest-recorded.ts'
import { besideInQueue, lengthened, type ReviewQueue } from './selection/review-queue.ts'

/** What the player does with the engagement it comes to. */
export type Arrival = 'playing' | 'paused'

export type Neighbour =
  /** On this page, or perhaps on one beyond its edge: going there looks. */
  | { readonly kind: 'there' | 'beyond'; go(arrival: Arrival): void }
  | { readonly kind: 'looking' }
  | { readonly kind: 'none'; readonly why: string }

export interface Neighbours {
  readonly next: Neighbour
  readonly previous: Neighbour
  /** What came of the last way that was asked for from here, where it led nowhere or is not done yet. */
  readonly note: string | undefined
  dismissNote(): void
  /** Goes there, or says in the note why not. */
  go(direction: Direction, arrival: Arrival): void
}

interface NeighboursOf {
  readonly page: PageQuery
  readonly list: UseQueryResult<EngagementList>
  /** While there is one, the ways stay inside it. */
  readonly queue: ReviewQueue | undefined
  /** The same list from another row on. */
  listFrom(offset: number): Promise<EngagementList>
  /** The queue has grown. */
  onLengthened(from: ReviewQueue, to: ReviewQueue): void
  /** An engagement comes into the player, on the page that begins at that row. */
  onArrive(id: string, offset: number, arrival: Arrival): void
}

/** The engagements with recordings before and after the one in the player: in the review, or in the applied query, over page edges too. */
export function useNeighbours({
  page,
  list,
  queue,
  listFrom,
  onLengthened,
  onArrive,
}: NeighboursOf): Neighbours {
  const [last, setLast] = useState<{ readonly page: PageQuery; readonly text: string; looking: boolean }>()
  const asked = last?.page === page ? last : undefined
  const here = useRef<PageQuery>(undefined)
  // Follows the address, and that the player is there at all: what is found for another one comes too late. Before it is painted,
  // as keys are listened to from then on.
  useLayoutEffect(() => {
    here.current = page
    return () => {
      here.current = undefined
    }
  }, [page])

  const look = async (direction: Direction, { engagements, hasMore }: EngagementList, arrival: Arrival) => {
    setLast({ page, text: neighbourTexts().looking(direction), looking: true })
    const tell = (text: string) => setLast({ page, text, looking: false })
    const from = { offset: page.offset, limit: page.limit, page: { engagements, hasMore } }
    try {
      const found = await recordedBeyond(direction, from, (offset) => {
        if (here.current !== page) throw new DOMException('Nobody waits for it any more.', 'AbortError')
        return listFrom(offset)
      })
      if (here.current !== page) return
      if (found.kind === 'found') onArrive(found.id, found.offset, arrival)
      else tell(nowhere(direction, found))
    } catch (error) {
      if (here.current === page)
        tell(neighbourTexts().notLooked(direction, error instanceof Error ? error.message : ''))
    }
  }

  const lookOn = async (from: ReviewQueue, arrival: Arrival) => {
    const texts = neighbourTexts()
    const tell = (text: string) => here.current === page && setLast({ page, text, looking: false })
    setLast({ page, text: texts.lookingOn, looking: true })
    try {
      const queue = await lengthened(from)
      onLengthened(from, queue)
      const id = queue.engagements[from.engagements.length]?.id
      if (id === undefined)
        tell(queue.more ? texts.noneOnward(mostPages * mostRows) : texts.edgeOfReview('next'))
      else if (here.current === page) onArrive(id, page.offset, arrival)
    } catch (error) {
      tell(texts.notLooked('next', error instanceof Error ? error.message : ''))
    }
  }

  const towards = (direction: Direction): Neighbour => {
    const texts = neighbourTexts()
    if (queue) {
      const id = besideInQueue(queue, direction, page.open)
      if (id !== undefined) return { kind: 'there', go: (arrival) => onArrive(id, page.offset, arrival) }
      if (direction === 'next' && queue.more !== undefined)
        return asked?.looking
          ? { kind: 'looking' }
          : { kind: 'beyond', go: (arrival) => void lookOn(queue, arrival) }
      return { kind: 'none', why: texts.edgeOfReview(direction) }
    }
    if (asked?.looking || list.isPending || list.isPlaceholderData) return { kind: 'looking' }
    const rows = list.data
    if (rows === undefined) return { kind: 'none', why: texts.listUnread(direction) }
    if (!rows.engagements.some(({ id }) => id === page.open))
      return { kind: 'none', why: texts.notOnPage(direction) }
    const id = recordedBeside(direction, rows.engagements, page.open ?? '')
    if (id !== undefined) return { kind: 'there', go: (arrival) => onArrive(id, page.offset, arrival) }
    const more = direction === 'next' ? rows.hasMore : page.offset > 0
    if (!more) return { kind: 'none', why: nowhere(direction, { kind: 'end' }) }
    return { kind: 'beyond', go: (arrival) => void look(direction, rows, arrival) }
  }
  const [next, previous] = [towards('next'), towards('previous')]

  return {
    next,
    previous,
    note: asked?.text,
    dismissNote: () => setLast(undefined),
    go(direction, arrival) {
      const neighbour = direction === 'next' ? next : previous
      if (neighbour.kind === 'none') setLast({ page, text: neighbour.why, looking: false })
      else if (neighbour.kind !== 'looking') neighbour.go(arrival)
    },
  }
}

function nowhere(direction: Direction, found: Exclude<Nearest, { kind: 'found' }>): string {
  const texts = neighbourTexts()
  return found.kind === 'far' ? texts.noneNear(direction, found.rows) : texts.noneInList(direction)
}
