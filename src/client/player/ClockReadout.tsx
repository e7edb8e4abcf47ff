import { Clock } from 'lucide-react'
import { clockText } from '../time/amounts.ts'
import { formatTime, zoneAbbreviation } from '../time/zone.ts'
import styles from './ClockReadout.module.css'
import { clockAt, type Timeline } from './sync/timeline.ts'

interface ClockReadoutProps {
  readonly timeline: Timeline
  readonly positionSeconds: number
  readonly zone: string
  onGoTo(): void
}

/** What the clocks showed, and how far in that is. */
export function ClockReadout({ timeline, positionSeconds, zone, onGoTo }: ClockReadoutProps) {
  const at = clockAt(timeline, positionSeconds)
  return (
    <p className={`${styles.readout} num`}>
      {at !== undefined && (
        <button type="button" className={styles.clock} title="Go to a clock time (g)" onClick={onGoTo}>
          <span className="visually-hidden">Go to a clock time; now </span>
          {formatTime(at, zone, 'time')} <span className={styles.zone}>{zoneAbbreviation(zone, at)}</span>
          <Clock size={13} aria-hidden />
        </button>
      )}
      <span className="muted">
        {clockText(positionSeconds)} /{' '}
        {timeline.lengthSeconds === 0 ? '-' : clockText(timeline.lengthSeconds)}
      </span>
    </p>
  )
}
