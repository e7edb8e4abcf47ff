import { Clock } from 'lucide-react'
import { playerTexts } from '../texts/en/player.ts'
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
  const texts = playerTexts()
  const at = clockAt(timeline, positionSeconds)
  const clock =
    at === undefined ? undefined : { time: formatTime(at, zone, 'time'), zone: zoneAbbreviation(zone, at) }
  return (
    <p className={`${styles.readout} num`}>
      {clock && (
        <button
          type="button"
          className={styles.clock}
          title={texts.goToClock}
          aria-label={texts.goToClockFrom(`${clock.time} ${clock.zone}`)}
          onClick={onGoTo}
        >
          {clock.time} <span className={styles.zone}>{clock.zone}</span>
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
