import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { EngagementList } from '../api/queries.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { pageTexts } from '../texts/en/page.ts'
import { sentenceTexts } from '../texts/en/sentence.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { loadedPart } from '../ui/loaded-part.tsx'
import styles from './AppliedQuery.module.css'
import { contradictionIn } from './applied-range.ts'
import { appliedFilters } from './filters.ts'
import { applyChange } from './page-url.ts'
import { drawnText, rowsText, sentence, sentenceText } from './sentence.ts'
import { type Counts, rowsOf } from './use-counts.ts'

// Only those who were sent a link need it.
const SharedNote = loadedPart(async () => (await import('./SharedNote.tsx')).SharedNote)

interface AppliedQueryProps {
  readonly page: PageQuery
  /** What the page asks for at the moment. */
  readonly query: EngagementQuery
  readonly zone: string
  readonly list: UseQueryResult<EngagementList>
  readonly counts: Counts
  onApply(page: PageQuery): void
  /** Offered beside the rows told, where there is anything to offer. */
  readonly children?: ReactNode
}

/** What is shown: the sentence, the rows, what is newer, and each filter to be taken away. Also told to those who do not see it change. */
export function AppliedQuery({ page, query, zone, list, counts, onApply, children }: AppliedQueryProps) {
  const texts = pageTexts()
  const filterTexts = filtersTexts()
  const { noEngagements } = sentenceTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  const settled = list.data !== undefined && !list.isPlaceholderData
  const { total, newer } = counts
  const known = total.kind === 'known' ? total.count : undefined
  const count = rowsOf(list.data)
  const contradicted = contradictionIn(query) !== undefined
  const rows = contradicted
    ? noEngagements
    : !settled
      ? undefined
      : count === 0 || list.data === undefined
        ? noEngagements
        : page.sample === undefined
          ? rowsText(page.offset, count, list.data.hasMore, known)
          : drawnText(count, known)
  const draw = page.sample === undefined ? undefined : { size: settled ? count : page.sample, of: known }
  const filters = appliedFilters(page, query, zone)
  // A button that goes with what it says: whoever came to it by keyboard goes on at the sentence.
  const leave = () => heading.current?.focus()
  const showNewer = () => {
    leave()
    if (page.asOf === undefined) void list.refetch()
    else onApply(applyChange(page, { asOf: undefined }))
  }
  return (
    <div className={styles.applied}>
      <h1 ref={heading} tabIndex={-1} className={styles.sentence}>
        {sentence(query, zone, page.range, draw).map(({ name, text, chosen, detail }) =>
          chosen ? (
            <em key={name} title={detail}>
              {text}
            </em>
          ) : (
            <span key={name}>{text}</span>
          ),
        )}
      </h1>
      <div className={styles.line}>
        <p className={`${styles.count} num`}>{rows ?? '…'}</p>
        {settled && total.kind === 'failed' && (
          <Button look="link" onClick={total.retry}>
            {texts.notCounted}
          </Button>
        )}
        <span role="status">
          {settled && page.n === undefined && newer > 0 && (
            <button type="button" className={`${styles.newer} num`} onClick={showNewer}>
              {texts.newer(newer)}
            </button>
          )}
        </span>
        {filters.length > 0 && (
          <ul className={styles.filters} aria-label={filterTexts.applied}>
            {filters.map(({ key, text, detail, without }) => (
              <li key={key}>
                <Chip
                  detail={detail}
                  removeLabel={filterTexts.removeFilter(text)}
                  onRemove={() => {
                    leave()
                    onApply(without)
                  }}
                >
                  {text}
                </Chip>
              </li>
            ))}
          </ul>
        )}
        {children}
        {(query.endAfter !== undefined || query.endBefore !== undefined) && (
          <p className="muted">{filterTexts.openLeftOut}</p>
        )}
      </div>
      {page.n !== undefined && (
        <SharedNote page={page} shared={page.n} present={counts.present} onApply={onApply} />
      )}
      <p className="visually-hidden" role="status">
        {rows === undefined || (total.kind === 'pending' && !contradicted)
          ? ''
          : `${sentenceText(query, zone, page.range, draw)}. ${rows}`}
      </p>
    </div>
  )
}
