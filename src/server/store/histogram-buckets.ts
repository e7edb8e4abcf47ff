/** The buckets of a histogram, cut to the range that was asked for, and the answer from what was counted in them. */
import type { BucketLength } from '../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import { type EpochMs, earliestInstant, latestInstant } from '../../contract/query/instant.ts'
import type { StartHistogram } from '../source/start-histogram.ts'
import { bucketEdges } from './bucket-edges.ts'
import type { StatusCode } from './schema.ts'

/**
 * Whoever looks at a page asks for the same range again and again, and its counts are kept with its edges. Kept from the
 * second time on: ranges that are asked for once are many, and to keep them would cost more than to make them.
 */
const mostKept = 32
const known = new Map<string, Buckets | 'asked once'>()

export interface Buckets {
  readonly bucket: BucketLength
  /** Where each begins, and where the last has ended; at least two. The same object for a range that is asked for again. */
  readonly bounds: readonly EpochMs[]
}

/** From one start to another, both inclusive: ends that were asked for, or else the outermost starts there are. */
export function bucketsOf(query: HistogramQuery, from: EpochMs, to: EpochMs): Buckets {
  const key = `${from} ${to} ${query.startAfter} ${query.startBefore} ${query.buckets} ${query.tz}`
  const kept = known.get(key)
  const buckets = typeof kept === 'object' ? kept : makeBuckets(query, from, to)
  known.delete(key)
  const [oldest] = known.keys()
  if (known.size >= mostKept && oldest !== undefined) known.delete(oldest)
  known.set(key, kept === undefined ? 'asked once' : buckets)
  return buckets
}

function makeBuckets(query: HistogramQuery, from: EpochMs, to: EpochMs): Buckets {
  const { bucket, edges } = bucketEdges(from, to, query.tz ?? 'UTC', query.buckets)
  const first = query.startAfter ?? earliestInstant
  const last = query.startBefore ?? latestInstant
  const bounds = edges.map((edge) => Math.min(Math.max(edge, first), last + 1))
  return { bucket, bounds }
}

/** @param counts of each status, one a bucket; none of a status that is not counted */
export function histogramOf(
  { bucket, bounds }: Buckets,
  unknownStart: number,
  counts: Readonly<Record<StatusCode, readonly number[]>>,
): StartHistogram {
  return { bucket, bounds, unknownStart, successful: counts[1], unsuccessful: counts[0], other: counts[2] }
}

/** Where nothing matches: buckets of nothing over a range that was asked for at both ends, none over one that is open. */
export function emptyHistogram(query: HistogramQuery, unknownStart = 0): StartHistogram {
  const { startAfter, startBefore } = query
  const buckets: Buckets =
    startAfter === undefined || startBefore === undefined
      ? { bucket: 'P1D', bounds: [] }
      : bucketsOf(query, startAfter, startBefore)
  return histogramOf(buckets, unknownStart, { 0: [], 1: [], 2: [] })
}
