import type { PageQuery } from '../../contract/query/page-query.ts'
import { Button } from '../ui/Button.tsx'
import { appliedFilters } from './filters.ts'
import { applyChange } from './page-url.ts'
import styles from './States.module.css'

interface EmptyStateProps {
  readonly page: PageQuery
  readonly zone: string
  onApply(page: PageQuery): void
}

const otherStatus = { successful: 'Only successful ones', unsuccessful: 'Only unsuccessful ones' } as const

/** Nothing matched: what was asked, and what could be left out of it. */
export function EmptyState({ page, zone, onApply }: EmptyStateProps) {
  if (page.offset > 0) {
    return (
      <div className={styles.state}>
        <p className={styles.headline}>There are no engagements this far down the list</p>
        <p className="muted">The list ends before row {page.offset + 1}.</p>
        <Button look="primary" onClick={() => onApply(applyChange(page, {}))}>
          Go to the first page
        </Button>
      </div>
    )
  }
  const filters = appliedFilters(page, zone)
  return (
    <div className={styles.state}>
      <p className={styles.headline}>No engagement matches all of this</p>
      {filters.length === 0 && page.status === 'all' ? (
        <p className="muted">This tenant has no engagements yet.</p>
      ) : (
        <>
          <p className="muted">Take something away to see more:</p>
          <ul className={styles.ways}>
            {page.status !== 'all' && (
              <li>
                <Button onClick={() => onApply(applyChange(page, { status: 'all' }))}>
                  {otherStatus[page.status]}: show all
                </Button>
              </li>
            )}
            {filters.map(({ key, text, without }) => (
              <li key={key}>
                <Button onClick={() => onApply(without)}>Without “{text}”</Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
