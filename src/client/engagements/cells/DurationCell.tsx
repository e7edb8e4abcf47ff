import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { clockText } from '../../time/amounts.ts'
import { useRow } from '../row-context.ts'
import styles from './cells.module.css'

export function DurationCell({ engagement: { duration, endDate } }: { readonly engagement: EngagementV1 }) {
  const { longestSeconds } = useRow()
  if (duration === undefined)
    return endDate === undefined ? <span className="muted">{cellsTexts().stillOpen}</span> : '-'
  const share = longestSeconds > 0 ? (duration / longestSeconds) * 100 : 0
  return (
    <span className={styles.duration}>
      <span>{clockText(duration)}</span>
      <span className={styles.bar} style={{ width: `${share}%` }} />
    </span>
  )
}
