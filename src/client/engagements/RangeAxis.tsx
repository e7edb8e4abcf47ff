import { filtersTexts } from '../texts/en/filters.ts'
import { rangeTexts } from '../texts/en/range.ts'
import type { Range } from '../time/presets.ts'
import { rangeText } from '../time/range-text.ts'
import { formatTime } from '../time/zone.ts'
import styles from './RangeAxis.module.css'

interface RangeAxisProps {
  readonly started: Range
  readonly ended: Range
  readonly zone: string
  readonly nowMs: number
}

/** Both ranges on one axis, an open end running out of the picture: how they lie to each other is seen at once. */
export function RangeAxis({ started, ended, zone, nowMs }: RangeAxisProps) {
  const known = [started.from, started.to, ended.from, ended.to].filter((at) => at !== undefined)
  if (known.length === 0) return null
  const [first, last] = [Math.min(...known, nowMs), Math.max(...known, nowMs)]
  const marginMs = Math.max(1, (last - first) * 0.08)
  const [from, to] = [first - marginMs, last + marginMs]
  const percent = (at: number) => (100 * (at - from)) / (to - from)
  const names = filtersTexts().ranges
  const rows = [
    { name: names.started, range: started },
    { name: names.ended, range: ended },
  ]
  const told = rangeTexts().both(rangeText(started, zone), rangeText(ended, zone))
  return (
    <div className={styles.axis} role="img" aria-label={told}>
      {rows.map(({ name, range }) => (
        <div key={name} className={styles.row} aria-hidden>
          <span className="muted">{name}</span>
          <span className={styles.track}>
            <span
              className={styles.bar}
              data-open-from={range.from === undefined}
              data-open-to={range.to === undefined}
              style={{
                left: `${range.from === undefined ? 0 : percent(range.from)}%`,
                right: `${range.to === undefined ? 0 : 100 - percent(range.to)}%`,
              }}
            />
            <span className={styles.now} style={{ left: `${percent(nowMs)}%` }} />
          </span>
        </div>
      ))}
      <div className={styles.row} aria-hidden>
        <span />
        <span className={`${styles.ends} num muted`}>
          <span>{formatTime(first, zone, 'day')}</span>
          <span>{formatTime(last, zone, 'day')}</span>
        </span>
      </div>
    </div>
  )
}
