import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { playerTexts } from '../texts/en/player.ts'
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
  const texts = playerTexts()
  const { timeline, positionSeconds, heldBy, lanes } = view
  const gap = gaps(timeline).find(
    ({ fromSeconds, toSeconds }) => fromSeconds <= positionSeconds && positionSeconds < toSeconds - 1,
  )
  const until = gap && clockAt(timeline, gap.toSeconds)
  const cutOff = lanes.flatMap(({ missingSeconds }, index) => (missingSeconds > 0 ? [index] : []))
  const failed = lanes.flatMap(({ condition }, index) => (condition.kind === 'failed' ? [index] : []))
  const undated = timeline.places.filter(({ dated }) => !dated).length
  const named = (indexes: readonly number[]) =>
    indexes.map((index) => recordingName(engagement, engagement.recordings?.[index]?.user).name)
  const sentence = (): string => {
    if (lanes.length === 0) return texts.noRecordings
    if (heldBy.length > 0) return texts.waitingFor(named(heldBy))
    if (failed.length > 0 && failed.length < lanes.length && !view.playing)
      return texts.goesOnWithout(named(failed))
    if (gap) return texts.nothingUntil(until === undefined ? undefined : formatTime(until, zone, 'time'))
    if (cutOff.length > 0) return texts.cutOff(named(cutOff))
    if (undated > 0 && timeline.places.length > 1)
      return timeline.startMs === undefined ? texts.allUndated : texts.someUndated
    return ''
  }
  return (
    <div className={styles.says}>
      <p role="status" className="muted">
        {sentence()}
      </p>
      {gap && (
        <Button look="link" onClick={() => transport.seekTo(gap.toSeconds)}>
          {texts.skipIt}
        </Button>
      )}
    </div>
  )
}
