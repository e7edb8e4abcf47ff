import { useMemo, useSyncExternalStore } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { queryAt } from '../applied-range.ts'
import { querySearch } from '../page-url.ts'
import { sentenceText } from '../sentence.ts'
import { forgetSearches, keptRecent, recentSearches } from './recent-searches.ts'
import styles from './ViewsPopover.module.css'

interface RecentSearchesProps {
  readonly tenant: string
  readonly zone: string
  onOpen(page: PageQuery): void
}

/** What was applied last on this device. */
export function RecentSearches({ tenant, zone, onOpen }: RecentSearchesProps) {
  const texts = viewsTexts()
  const kept = useSyncExternalStore(keptRecent.subscribe, keptRecent.read)
  const recent = useMemo(() => recentSearches(kept, tenant), [kept, tenant])
  if (recent.length === 0) return null
  return (
    <section className={styles.section} aria-label={texts.recent}>
      <h2 className={styles.title}>{texts.recentHere}</h2>
      <ul>
        {recent.map((page) => (
          <li key={querySearch(page)}>
            <Button look="ghost" className={styles.open} onClick={() => onOpen(page)}>
              <span className={styles.what}>{sentenceText(queryAt(page, Date.now()), zone, page.range)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Button look="ghost" onClick={() => forgetSearches(tenant)}>
        {texts.forgetRecent}
      </Button>
    </section>
  )
}
