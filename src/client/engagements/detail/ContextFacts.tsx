import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { contextFacts } from './context-facts.ts'
import styles from './detail.module.css'
import { FactList } from './FactList.tsx'

export function ContextFacts({ engagement: { context } }: { readonly engagement: EngagementV1 }) {
  if (context === undefined || context === '') return null
  const facts = contextFacts(context)
  if (facts !== undefined) return <FactList title="Context" facts={facts} />
  return (
    <section>
      <h2>Context</h2>
      <p className={styles.contextText}>{context}</p>
    </section>
  )
}
