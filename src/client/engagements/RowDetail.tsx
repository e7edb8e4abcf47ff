import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { ContextFacts } from './detail/ContextFacts.tsx'
import { Facts } from './detail/Facts.tsx'
import { Recordings } from './detail/Recordings.tsx'
import { Users } from './detail/Users.tsx'
import styles from './RowDetail.module.css'

export function RowDetail({ engagement }: { readonly engagement: EngagementV1 }) {
  return (
    <div className={styles.detail}>
      <Users engagement={engagement} />
      <Recordings engagement={engagement} />
      <div className={styles.facts}>
        <Facts engagement={engagement} />
        <ContextFacts engagement={engagement} />
      </div>
    </div>
  )
}
