import type { UseQueryResult } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { ApiError } from '../api/fetch-json.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from './ErrorState.tsx'
import styles from './PinnedEngagement.module.css'
import { rowName } from './people.ts'
import { RowDetail } from './RowDetail.tsx'
import { useRow } from './row-context.ts'

interface PinnedEngagementProps {
  readonly id: string
  readonly query: UseQueryResult<EngagementV1>
  onClose(): void
}

/** The engagement that a link opens while it is not among the rows: shown above them, saying so. */
export function PinnedEngagement({ id, query, onClose }: PinnedEngagementProps) {
  const { zone } = useRow()
  const gone = query.error instanceof ApiError && query.error.status === 404
  return (
    <section className={styles.pinned} aria-label="Engagement opened by this link">
      <div className={styles.head}>
        <p>
          <strong>{query.data ? rowName(query.data, zone) : id}</strong>{' '}
          <span className="muted">was opened by this link and is not on this page of results.</span>
        </p>
        <Button look="ghost" icon aria-label="Close the engagement opened by this link" onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      {query.isPending && <p className={styles.note}>Loading the engagement …</p>}
      {gone && <p className={styles.note}>There is no such engagement, or not any more.</p>}
      {query.isError && !gone && query.data === undefined && (
        <ErrorState what="The engagement" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && <RowDetail engagement={query.data} />}
    </section>
  )
}
