import type { UseQueryResult } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { ApiError } from '../api/fetch-json.ts'
import { useLacks } from '../source-parts.ts'
import { pageTexts } from '../texts/en/page.ts'
import { Button } from '../ui/Button.tsx'
import { GivenText } from '../ui/GivenText.tsx'
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
  const texts = pageTexts()
  const { zone } = useRow()
  const given = !useLacks().has('engagement')
  const gone = query.error instanceof ApiError && query.error.status === 404
  return (
    <section className={styles.pinned} aria-label={texts.pinned}>
      <div className={styles.head}>
        <p>
          <strong>{query.data ? rowName(query.data, zone) : <GivenText>{id}</GivenText>}</strong>{' '}
          <span className="muted">{texts.wasOpened}</span>
        </p>
        <Button look="ghost" icon aria-label={texts.closePinned} onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      {!given && query.data === undefined && <p className={styles.note}>{texts.notLookedUp}</p>}
      {given && query.isPending && <p className={styles.note}>{texts.loadingOne}</p>}
      {gone && <p className={styles.note}>{texts.gone}</p>}
      {given && query.isError && !gone && query.data === undefined && (
        <ErrorState what="engagement" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && <RowDetail engagement={query.data} />}
    </section>
  )
}
