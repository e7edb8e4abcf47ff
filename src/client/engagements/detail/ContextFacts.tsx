import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { detailTexts } from '../../texts/en/detail.ts'
import { contextFacts } from './context-facts.ts'
import styles from './detail.module.css'
import { FactList } from './FactList.tsx'
import { LongText } from './LongText.tsx'

/** Beyond them nobody reads on, and the text as it came is copied more easily. */
const mostFacts = 200

export function ContextFacts({ engagement: { context } }: { readonly engagement: EngagementV1 }) {
  if (context === undefined || context === '') return null
  const title = detailTexts().context
  const facts = contextFacts(context)
  if (facts !== undefined && facts.length <= mostFacts) return <FactList title={title} facts={facts} />
  return (
    <section>
      <h2>{title}</h2>
      <p className={styles.contextText}>
        <LongText>{context}</LongText>
      </p>
    </section>
  )
}
