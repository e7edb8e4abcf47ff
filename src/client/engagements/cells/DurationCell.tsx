import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { clockText } from '../../time/amounts.ts'
import { useRow } from '../row-context.ts'
import styles from './cells.module.css'

export function DurationCell({ engagement: { duration, endDate } }: { readonly engagement: EngagementV1 }) {
  const { longestSeconds } = useRow()
  if (duration === undefined) return endDate === undefined ? <span className="muted">still open</span> : '-'
  const share = longestSeconds > 0 ? (duration / longestSeconds) * 100 : 0
  return (
    <span className={styles.duration}>
      <span>{clockText(duration)}</span>
      <span className={styles.bar} style={{ width: `${share}%` }} />
    </span>
  )
}
