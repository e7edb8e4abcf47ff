/** The buckets of a histogram, cut to the range that was asked for, and the answer from what was counted in them. */
import type { BucketLength, EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import { type EpochMs, earliestInstant, latestInstant } from '../../contract/query/instant.ts'
import { bucketEdges } from './bucket-edges.ts'
import { edgeText } from './edge-text.ts'
import type { StatusCode } from './schema.ts'

export interface Buckets {
  readonly bucket: BucketLength
  /** Where each begins, and where the last has ended; at least two. */
  readonly bounds: readonly EpochMs[]
}

/** From one start to another, both inclusive: ends that were asked for, or else the outermost starts there are. */
export function bucketsOf(query: HistogramQuery, from: EpochMs, to: EpochMs): Buckets {
  const { bucket, edges } = bucketEdges(from, to, query.tz ?? 'UTC', query.buckets)
  const first = query.startAfter ?? earliestInstant
  const last = query.startBefore ?? latestInstant
  return { bucket, bounds: edges.map((edge) => Math.min(Math.max(edge, first), last + 1)) }
}

/** @param counts of each status, one a bucket */
export function histogramOf(
  { bucket, bounds }: Buckets,
  unknownStart: number,
  counts: Readonly<Record<StatusCode, readonly number[]>>,
): EngagementHistogramV1 {
  const buckets = bounds.slice(1).map((next, n) => ({
    start: edgeText(bounds[n] ?? next),
    end: edgeText(next - 1),
    successful: counts[1][n] ?? 0,
    unsuccessful: counts[0][n] ?? 0,
    other: counts[2][n] ?? 0,
  }))
  return { bucket, unknownStart, buckets }
}

/** Where nothing matches: buckets of nothing over a range that was asked for at both ends, none over one that is open. */
export function emptyHistogram(query: HistogramQuery, unknownStart = 0): EngagementHistogramV1 {
  const { startAfter, startBefore } = query
  if (startAfter === undefined || startBefore === undefined)
    return { bucket: 'P1D', unknownStart, buckets: [] }
  return histogramOf(bucketsOf(query, startAfter, startBefore), unknownStart, { 0: [], 1: [], 2: [] })
}
