import { ListFilter } from 'lucide-react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { isEmail } from '../../../contract/query/param.ts'
import { detailTexts } from '../../texts/en/detail.ts'
import { Button } from '../../ui/Button.tsx'
import { initialsOf, partText } from '../people.ts'
import { useRow } from '../row-context.ts'
import styles from './detail.module.css'
import { LongText } from './LongText.tsx'

export function Users({ engagement: { users = [] } }: { readonly engagement: EngagementV1 }) {
  const texts = detailTexts()
  const { filterBy } = useRow()
  return (
    <section>
      <h2>{texts.users}</h2>
      {users.length === 0 && <p className="muted">{texts.nobody}</p>}
      <ul>
        {users.map(({ uri, association }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one person can take part twice, and the list never changes
          <li key={index} className={styles.person}>
            <span
              className={`${styles.avatar} ${association === 'CREATOR' ? styles.customer : ''}`}
              aria-hidden="true"
            >
              {initialsOf(uri)}
            </span>
            <span>
              <LongText>{uri ?? texts.unknown}</LongText>
              <span className={`${styles.part} muted`}>{partText(association)}</span>
            </span>
            {uri !== undefined && isEmail(uri) && (
              <Button
                look="ghost"
                icon
                aria-label={texts.showOnlyWith(uri)}
                title={texts.showOnlyWith(uri)}
                onClick={() => filterBy(uri.toLowerCase())}
              >
                <ListFilter size={15} aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
