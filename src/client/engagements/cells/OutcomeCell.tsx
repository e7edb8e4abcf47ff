import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { wordOf } from '../../texts/word-of.ts'
import { cutText } from '../../ui/cut-text.ts'
import { GivenText } from '../../ui/GivenText.tsx'
import styles from './cells.module.css'

/** Said in words; the dot's shape differs with its colour. */
export function OutcomeCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const texts = cellsTexts()
  const { status, releaseState, reason, endDate, duration } = engagement
  if (endDate === undefined && duration === undefined) {
    return (
      <span>
        <span className={`${styles.dot} ${styles.open}`} />
        {texts.inProgress}
      </span>
    )
  }
  const good = status === 'successful'
  const release = releaseState === undefined ? undefined : wordOf(texts.releases, releaseState)
  const told = status === undefined ? undefined : wordOf(texts.statuses, status)
  // A call that was answered and failed all the same is not told as merely connected.
  const words =
    !good && releaseState === 'connected'
      ? status === 'unsuccessful'
        ? texts.unsuccessful
        : status
      : release
  return (
    <span
      title={[told, release, reason].flatMap((text) => (text ? cutText(text) : [])).join(' · ') || undefined}
    >
      <span className={`${styles.dot} ${good ? '' : styles.bad}`} />
      <GivenText longest={60}>{words ?? told ?? '-'}</GivenText>
    </span>
  )
}
