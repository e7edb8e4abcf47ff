import { lazy, Suspense } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { SecondSpan } from '../../contract/query/second-span.ts'

const PlayerDock = lazy(async () => ({ default: (await import('../player/PlayerDock.tsx')).PlayerDock }))

interface PlayerSlotProps {
  readonly engagement: EngagementV1 | undefined
  /** Counted from 1. */
  readonly recording: number
  readonly second: number | undefined
  /** The part of the recording that the address marks. */
  readonly span: SecondSpan | undefined
  readonly autoplay: boolean
  readonly zone: string
  onSelect(recording: number): void
  /** The address that opens this recording at this second, with a part of it marked where one is given. */
  linkTo(recording: number, second: number, span?: SecondSpan): string
  onClose(): void
}

/** The dock at the foot of the page, loaded when first asked for. */
export function PlayerSlot({
  engagement,
  recording,
  second,
  autoplay,
  zone,
  onSelect,
  linkTo,
  onClose,
}: PlayerSlotProps) {
  return (
    engagement && (
      <Suspense>
        <PlayerDock
          engagement={engagement}
          recordingIndex={recording - 1}
          startAtSeconds={second}
          autoplay={autoplay}
          zone={zone}
          onSelectRecording={(index) => onSelect(index + 1)}
          linkTo={(index, at) => linkTo(index + 1, at)}
          onClose={onClose}
        />
      </Suspense>
    )
  )
}
