import type { UseQueryResult } from '@tanstack/react-query'
import { engagementQueryOf, type PageQuery } from '../../contract/query/page-query.ts'
import type { EngagementList } from '../api/queries.ts'
import { Chip } from '../ui/Chip.tsx'
import styles from './AppliedQuery.module.css'
import { appliedFilters } from './filters.ts'
import { rowsText, sentence, sentenceText } from './sentence.ts'

interface AppliedQueryProps {
  readonly page: PageQuery
  readonly zone: string
  readonly list: UseQueryResult<EngagementList>
  onApply(page: PageQuery): void
}

/** What is shown: the sentence, the rows, and each filter to be taken away. Also told to those who do not see it change. */
export function AppliedQuery({ page, zone, list, onApply }: AppliedQueryProps) {
  const query = engagementQueryOf(page)
  const settled = list.data !== undefined && !list.isPlaceholderData
  const count = list.data?.engagements.length ?? 0
  const rows = !settled
    ? undefined
    : count === 0
      ? 'No engagements'
      : rowsText(page.offset, count, list.data.hasMore)
  const filters = appliedFilters(page, zone)
  return (
    <div className={styles.applied}>
      <h1 className={styles.sentence}>
        {sentence(query, zone).map(({ name, text, chosen }) =>
          chosen ? <em key={name}>{text}</em> : <span key={name}>{text}</span>,
        )}
      </h1>
      <div className={styles.line}>
        <p className={`${styles.count} num`}>{rows ?? '…'}</p>
        {filters.length > 0 && (
          <ul className={styles.filters} aria-label="Applied filters">
            {filters.map(({ key, text, without }) => (
              <li key={key}>
                <Chip removeLabel={`Remove filter ${text}`} onRemove={() => onApply(without)}>
                  {text}
                </Chip>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {rows === undefined ? '' : `${sentenceText(query, zone)}. ${rows}`}
      </p>
    </div>
  )
}
