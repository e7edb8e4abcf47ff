/** Where engagements come from. The HTTP layer knows this and nothing behind it. */

import type { UnreadRow } from '../../contract/model/unread-row.ts'
import type {
  EngagementFilter,
  EngagementQuery,
  EngagementSelection,
  SampleQuery,
} from '../../contract/query/engagement-query.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { PeopleQuery } from '../../contract/query/people-query.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import type { StartHistogram } from './start-histogram.ts'

/** One page as ready JSON texts of `EngagementV1`, in the order asked for. */
export interface EngagementPage {
  readonly hasMore: boolean
  readonly documents: readonly string[]
  /** Rows that are in the page and could not be read; absent: none. */
  readonly unread?: readonly UnreadRow[]
}

/**
 * What every source gives, at once where it can. One that asks others throws SourceFailure when it gets no answer, and for
 * what it cannot give.
 */
export interface EngagementSource {
  page(tenant: string, query: EngagementQuery): EngagementPage | Promise<EngagementPage>
  /**
   * Another text after every change of the tenant's engagements, of letters and digits, and never one that was; absent: not
   * known. `lately` is cheaper and may be a millisecond old.
   * @param seen a version that the caller says to have been told, by whatever server: it is not older, if there is such a one
   */
  version(
    tenant: string,
    of: 'now' | 'lately',
    seen?: string,
  ): string | undefined | Promise<string | undefined>
  /**
   * What one read gives, and the version of just that. Absent: rows that are read after a version was asked for may be newer
   * than it, and are the same for everybody who is told of it.
   */
  versioned?<T>(
    read: () => T | Promise<T>,
  ): Promise<{ readonly value: T; readonly version: string | undefined }>
  /**
   * The exact moment that `asOf` stands for: when the last engagement up to then arrived, or the first moment of all dates
   * where none had. Nothing arrives at it or before it any more, so it means the same engagements whenever it is asked for.
   */
  arrivedBy(tenant: string, asOf: EpochMs | 'now'): EpochMs | Promise<EpochMs>
  /** How many engagements the filter lets through. */
  count(tenant: string, filter: EngagementFilter): Promise<number>
  /** The ready JSON text of one engagement. */
  engagement(tenant: string, id: string): Promise<string | undefined>
  /** Emails seen in the tenant's engagements, folded, in alphabetical order. */
  users(tenant: string, query: PeopleQuery): Promise<readonly string[]>
}

/** What can be given besides by a source that has all engagements at hand. */
export interface HeldEngagements extends EngagementSource {
  /**
   * All engagements that are let through, in order, as ready JSON texts, a few at a time: each batch is read when it is asked
   * for, and nothing is held between two. With an exact `asOf` each that matches all the while comes once.
   */
  batches(
    tenant: string,
    selection: EngagementSelection,
  ): Iterable<readonly string[]> | AsyncIterable<readonly string[]>
  /** Engagements drawn at random, the same ones for the same seed, as ready JSON texts in the order asked for. */
  sample(tenant: string, query: SampleQuery): Promise<readonly string[]>
  /** When those that the filter lets through started. */
  histogram(tenant: string, query: HistogramQuery): Promise<StartHistogram>
  /** A recording whose bytes we hold. */
  recording(tenant: string, recordingId: string): Promise<HeldRecording | undefined>
}
