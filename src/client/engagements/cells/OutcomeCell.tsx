import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import styles from './cells.module.css'

const releases: Readonly<Record<string, string>> = { connected: 'Connected', attempted: 'Not answered' }

/** Said in words; the dot's shape differs with its colour. */
export function OutcomeCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const { status, releaseState, reason, endDate, duration } = engagement
  if (endDate === undefined && duration === undefined) {
    return (
      <span>
        <span className={`${styles.dot} ${styles.open}`} />
        In progress
      </span>
    )
  }
  const good = status === 'successful'
  const release = releaseState === undefined ? undefined : (releases[releaseState] ?? releaseState)
  // A call that was answered and failed all the same is not told as merely connected.
  const words =
    !good && releaseState === 'connected' ? (status === 'unsuccessful' ? 'Unsuccessful' : status) : release
  return (
    <span title={[status, release, reason].filter(Boolean).join(' · ') || undefined}>
      <span className={`${styles.dot} ${good ? '' : styles.bad}`} />
      {words ?? status ?? '-'}
    </span>
  )
}
