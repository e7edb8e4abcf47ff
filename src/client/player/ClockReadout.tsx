import { clockText } from '../time/amounts.ts'
import { formatTime, zoneAbbreviation } from '../time/zone.ts'
import styles from './ClockReadout.module.css'
import { clockAt, type Timeline } from './sync/timeline.ts'

interface ClockReadoutProps {
  readonly timeline: Timeline
  readonly positionSeconds: number
  readonly zone: string
}

/** What the clocks showed, and how far in that is. */
export function ClockReadout({ timeline, positionSeconds, zone }: ClockReadoutProps) {
  const at = clockAt(timeline, positionSeconds)
  return (
    <p className={`${styles.readout} num`}>
      {at !== undefined && (
        <span className={styles.clock}>
          {formatTime(at, zone, 'time')} <span className={styles.zone}>{zoneAbbreviation(zone, at)}</span>
        </span>
      )}
      <span className="muted">
        {clockText(positionSeconds)} /{' '}
        {timeline.lengthSeconds === 0 ? '-' : clockText(timeline.lengthSeconds)}
      </span>
    </p>
  )
}
