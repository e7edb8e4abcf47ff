import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { EngagementQuery, EngagementSort } from '../../contract/query/engagement-query.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { EngagementList as EngagementListData } from '../api/queries.ts'
import { isWeather } from '../api/weather.ts'
import { pageTexts } from '../texts/en/page.ts'
import { formatTime } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { loadedPart } from '../ui/loaded-part.tsx'
import { Notice } from '../ui/Notice.tsx'
import { contradictionIn } from './applied-range.ts'
import styles from './EngagementList.module.css'
import { EngagementTable, expectDetail } from './EngagementTable.tsx'
import { ErrorState } from './ErrorState.tsx'
import { Pager } from './Pager.tsx'
import { applyChange, playerClosed } from './page-url.ts'
import { type RowActions, RowContext } from './row-context.ts'
import { SkeletonTable } from './SkeletonTable.tsx'
import type { SelectionState } from './selection/use-selection.ts'
import { type Counts, rowsOf } from './use-counts.ts'
import type { OpenEngagement } from './use-open-engagement.ts'

const SampleBar = loadedPart(async () => (await import('./SampleBar.tsx')).SampleBar)
const PinnedEngagement = loadedPart(async () => (await import('./PinnedEngagement.tsx')).PinnedEngagement, {
  what: () => pageTexts().rowDetail,
})
const EmptyState = loadedPart(async () => (await import('./EmptyState.tsx')).EmptyState)

interface EngagementListProps {
  readonly tenant: string
  readonly page: PageQuery
  /** What the page asks for at the moment. */
  readonly query: EngagementQuery
  readonly zone: string
  readonly list: UseQueryResult<EngagementListData>
  readonly counts: Counts
  readonly open: OpenEngagement
  /** The id of the engagement in the player. */
  readonly playing: string | undefined
  readonly selecting: SelectionState
  onApply(page: PageQuery): void
  onPlay(id: string, recording: number): void
}

/** The rows, or what stands in their place: skeleton, error, emptiness. */
export function EngagementList(props: EngagementListProps) {
  const { tenant, page, query, zone, list, counts, open, playing, selecting, onApply, onPlay } = props
  const texts = pageTexts()
  const engagements = list.data?.engagements
  // While it is asked again, what it failed of stays told, and neither comes and goes nor gives way to rows of before.
  const lastError = useRef<Error>(undefined)
  if (list.error) lastError.current = list.error
  const missing = list.data === undefined || list.isPlaceholderData
  const failed = missing && list.errorUpdateCount > 0 ? lastError.current : undefined
  const longestSeconds = useMemo(
    () => Math.max(0, ...(engagements ?? []).map(({ duration }) => duration ?? 0)),
    [engagements],
  )
  const actions: RowActions = {
    tenant,
    zone,
    longestSeconds,
    openId: page.open,
    playing,
    selection: selecting.selection,
    select: (engagement, through) => selecting.toggle(engagement, engagements ?? [], through),
    toggle: (id) => onApply({ ...page, open: page.open === id ? undefined : id, ...playerClosed }),
    play: onPlay,
    filterBy: (email) => onApply(applyChange(page, { user: [email] })),
  }
  // Synchronises with the network: what the address has open comes with the rows, and does not push them down later.
  useEffect(() => {
    if (page.open !== undefined) expectDetail()
  }, [page.open])
  // What nothing can match is not asked for: there is no answer to wait for.
  const asked = contradictionIn(query) === undefined
  const sortBy = (sort: EngagementSort) => onApply(applyChange(page, { sort }))

  return (
    <RowContext value={actions}>
      {open.pinned && (
        <PinnedEngagement
          id={open.id ?? ''}
          query={open.pinned}
          onClose={() => actions.toggle(open.id ?? '')}
        />
      )}
      {list.isError && list.data && (
        <Notice tone="bad">
          {texts.outOfDate(formatTime(list.dataUpdatedAt, zone, 'minute'), list.error.message)}{' '}
          {isWeather(list.error) && texts.comesBack}{' '}
          <Button look="link" onClick={() => void list.refetch()}>
            {texts.retry}
          </Button>
        </Notice>
      )}
      {(list.data?.unread.length ?? 0) > 0 && (
        <Notice tone="bad">
          {texts.unread(
            (list.data?.unread ?? []).map(({ row, errors }) => ({
              row: row + 1,
              fields: errors.map(({ field }) => field),
            })),
          )}
        </Notice>
      )}
      <div className={styles.card} aria-busy={asked && (list.isPending || list.isPlaceholderData)}>
        {!asked ? (
          <EmptyState tenant={tenant} page={page} query={query} zone={zone} onApply={onApply} />
        ) : list.isPending && !failed ? (
          <SkeletonTable rows={page.sample ?? page.limit} />
        ) : failed || engagements === undefined ? (
          <ErrorState error={failed ?? new Error(texts.noAnswer)} onRetry={() => void list.refetch()} />
        ) : rowsOf(list.data) === 0 && !list.isPlaceholderData ? (
          <EmptyState tenant={tenant} page={page} query={query} zone={zone} onApply={onApply} />
        ) : (
          <EngagementTable
            engagements={engagements}
            sort={page.sort}
            zone={zone}
            shown={page.cols}
            dimmed={list.isPlaceholderData}
            onSort={sortBy}
            onSelectAll={(to) => selecting.set(engagements, to)}
          />
        )}
        {page.sample === undefined ? (
          <Pager
            page={page}
            hasMore={asked && list.data?.hasMore === true && !list.isPlaceholderData}
            counts={counts}
            onApply={onApply}
          />
        ) : (
          <SampleBar page={page} onApply={onApply} />
        )}
      </div>
    </RowContext>
  )
}
