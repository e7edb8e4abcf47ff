import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { formatTime } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import styles from './PlayerDock.module.css'
import { recordingName } from './people.ts'
import { clockAt, gaps } from './sync/timeline.ts'
import type { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'

interface SaysProps {
  readonly engagement: EngagementV1
  readonly transport: Transport
  readonly view: TransportView
  readonly zone: string
}

/** What the player has to say of itself, one sentence at a time. */
export function Says({ engagement, transport, view, zone }: SaysProps) {
  const { timeline, positionSeconds, heldBy, lanes } = view
  const gap = gaps(timeline).find(
    ({ fromSeconds, toSeconds }) => fromSeconds <= positionSeconds && positionSeconds < toSeconds - 1,
  )
  const until = gap && clockAt(timeline, gap.toSeconds)
  const cutOff = lanes.flatMap(({ missingSeconds }, index) => (missingSeconds > 0 ? [index] : []))
  const named = (indexes: readonly number[]) =>
    indexes.map((index) => recordingName(engagement, engagement.recordings?.[index]?.user).name).join(', ')
  const undated = timeline.places.filter(({ dated }) => !dated).length
  return (
    <div className={styles.says}>
      <p role="status" className="muted">
        {heldBy.length > 0
          ? `Waiting for ${named(heldBy)}…`
          : gap
            ? `Nothing was recorded until ${until === undefined ? 'later' : formatTime(until, zone, 'time')}.`
            : cutOff.length > 0
              ? `Cut off before its end: ${named(cutOff)}.`
              : undated > 1 || (undated === 1 && timeline.places.length > 1)
                ? 'Not all recordings say when they were made: those play one after another.'
                : ''}
      </p>
      {gap && (
        <Button look="link" onClick={() => transport.seekTo(gap.toSeconds)}>
          Skip it
        </Button>
      )}
    </div>
  )
}
