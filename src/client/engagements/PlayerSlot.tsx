import type { UseQueryResult } from '@tanstack/react-query'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../contract/model/recording.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { SecondSpan } from '../../contract/query/second-span.ts'
import type { EngagementList } from '../api/queries.ts'
import { autoNext } from '../player/auto-next.ts'
import { PlayerDock } from '../player/PlayerDock.tsx'
import { NeighbourNote } from './NeighbourNote.tsx'
import type { Direction } from './nearest-recorded.ts'
import type { ReviewQueue } from './selection/review-queue.ts'
import { type Arrival, useNeighbours } from './use-neighbours.ts'

interface PlayerSlotProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly list: UseQueryResult<EngagementList>
  readonly queue: ReviewQueue | undefined
  readonly engagement: EngagementV1 | undefined
  /** Counted from 1. */
  readonly recording: number
  /** Play was pressed on the page for this recording, and has not been obeyed yet. */
  readonly plays: boolean
  readonly zone: string
  readonly access: 'open' | 'ended'
  /** Asks for the engagement's recordings anew, for addresses that may have expired. */
  freshRecordings(): Promise<readonly RecordingV1[] | undefined>
  onPlays(): void
  onSelect(recording: number): void
  /** The same list from another row on. */
  listFrom(offset: number): Promise<EngagementList>
  onLengthened(from: ReviewQueue, to: ReviewQueue): void
  /** Another engagement comes into the player, on the page that begins at that row. */
  onArrive(id: string, offset: number, arrival: Arrival): void
  /** The address that opens this recording at this second, with a part of it marked where one is given. */
  linkTo(recording: number, second: number, span?: SecondSpan): string
  onClose(): void
}

/** The dock at the foot of the page, and its ways to the engagements before and after; loaded when first asked for. */
export function PlayerSlot(props: PlayerSlotProps) {
  const {
    tenant,
    page,
    list,
    queue,
    engagement,
    recording,
    plays,
    onPlays,
    zone,
    access,
    freshRecordings,
    onSelect,
    listFrom,
    onLengthened,
    onArrive,
    linkTo,
    onClose,
  } = props
  const neighbours = useNeighbours({ page, list, queue, listFrom, onLengthened, onArrive })
  const way = (direction: Direction) => ({
    there: neighbours[direction].kind !== 'none',
    // Where there is none, the note says why.
    go: (playing: boolean) => neighbours.go(direction, playing ? 'playing' : 'paused'),
  })
  return (
    engagement && (
      <>
        <NeighbourNote text={neighbours.note} onDismiss={neighbours.dismissNote} />
        <PlayerDock
          key={engagement.id}
          tenant={tenant}
          engagement={engagement}
          recordingIndex={recording - 1}
          startAtSeconds={page.t}
          span={page.span}
          plays={plays}
          onPlays={onPlays}
          zone={zone}
          access={access}
          freshRecordings={freshRecordings}
          onSelectRecording={(index) => onSelect(index + 1)}
          linkTo={(index, second, part) => linkTo(index + 1, second, part)}
          next={way('next')}
          previous={way('previous')}
          onEnded={() => autoNext.isOn() && neighbours.go('next', 'playing')}
          onClose={onClose}
        />
      </>
    )
  )
}
