/** When the engagements of a query started. Apart from the other questions, so that the rows do not wait for its code. */
import {
  type EngagementHistogramV1,
  engagementHistogramV1,
} from '../../contract/model/engagement-histogram.ts'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../contract/query/histogram-query.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import { ApiError, fetchJson } from './fetch-json.ts'

export interface HistogramAsked {
  readonly filter: EngagementFilter
  /** The zone whose days the buckets are. */
  readonly tz: string
  /** Buckets at most; absent: as many as the server gives. */
  readonly most: number | undefined
}

/**
 * @returns null where the server has no histograms to give
 * @throws ApiError
 */
export async function askHistogram(
  tenant: string,
  { filter, tz, most = histogramQuery.defaults.buckets }: HistogramAsked,
  signal: AbortSignal,
): Promise<EngagementHistogramV1 | null> {
  const query = histogramQuery.write({ ...filter, tz, buckets: most })
  try {
    return await fetchJson(
      pathOf(routes.histogram, { tenant }, query),
      (body) => engagementHistogramV1.parse(body),
      { signal },
    )
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
