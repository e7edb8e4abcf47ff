import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type EpochMs, earliestInstant } from '../../contract/query/instant.ts'
import { type ExactPage, filterOf } from '../../contract/query/page-query.ts'
import { type EngagementList, engagementCountOptions, newerOptions } from '../api/queries.ts'
import { useLacks } from '../source-parts.ts'

export type Total =
  | { readonly kind: 'pending' }
  /** There are no counts to be had. */
  | { readonly kind: 'not-given' }
  | { readonly kind: 'known'; readonly count: number }
  | { readonly kind: 'failed'; retry(): void }

export interface Counts {
  /** The moment of the rows shown; absent where the answer named none, or nothing had arrived. */
  readonly moment: EpochMs | undefined
  /** How many matched at that moment. */
  readonly total: Total
  /** How many match now, where that is watched. */
  readonly present: number | undefined
  /** How many of them arrived after that moment. */
  readonly newer: number
}

/** Counts beside the rows: each loads apart, and none holds the rows up. */
export function useCounts(tenant: string, page: ExactPage, list: UseQueryResult<EngagementList>): Counts {
  const data = list.isPlaceholderData ? undefined : list.data
  const moment = typeof data?.asOf === 'number' && data.asOf > earliestInstant ? data.asOf : undefined
  const filter = filterOf(page)
  const counts = !useLacks().has('count')
  // The last page says by itself how many there are.
  const shown = rowsOf(data)
  const last = data !== undefined && !data.hasMore && (shown > 0 || page.offset === 0)
  const counted = last && page.sample === undefined ? page.offset + shown : undefined
  const count = useQuery({
    ...engagementCountOptions(tenant, { ...filter, asOf: moment }),
    enabled: counts && data !== undefined && counted === undefined,
  })
  const newest = page.offset === 0 && page.sort === 'newest' && page.sample === undefined
  const watched = useQuery({
    ...newerOptions(tenant, { ...filter, asOf: undefined }, moment ?? 0),
    enabled: counts && moment !== undefined && (newest || page.n !== undefined),
  })
  const total: Total =
    counted !== undefined
      ? { kind: 'known', count: counted }
      : count.data !== undefined
        ? { kind: 'known', count: count.data }
        : !counts
          ? { kind: 'not-given' }
          : count.isError
            ? { kind: 'failed', retry: () => void count.refetch() }
            : { kind: 'pending' }
  return {
    moment,
    total,
    present: moment === undefined ? undefined : watched.data?.present,
    newer: moment === undefined ? 0 : (watched.data?.newer ?? 0),
  }
}

/** Rows of a page, those included that could not be read. */
export function rowsOf(list: EngagementList | undefined): number {
  return list === undefined ? 0 : list.engagements.length + list.unread.length
}
