/** When engagements started, in columns: a histogram of the contract before it is written. */
import type { BucketLength, EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'

export interface StartHistogram {
  readonly bucket: BucketLength
  /** Where each bucket begins, and where the last has ended; empty: there is no bucket. */
  readonly bounds: readonly EpochMs[]
  /** Engagements that match and have no start. */
  readonly unknownStart: number
  /** One count a bucket; none of a status that was not asked for. */
  readonly successful: readonly number[]
  readonly unsuccessful: readonly number[]
  readonly other: readonly number[]
}

export function histogramModel(histogram: StartHistogram): EngagementHistogramV1 {
  const { bucket, bounds, unknownStart, successful, unsuccessful, other } = histogram
  const buckets = bounds.slice(1).map((next, n) => ({
    start: formatInstant(bounds[n] ?? next),
    end: formatInstant(next - 1),
    successful: successful[n] ?? 0,
    unsuccessful: unsuccessful[n] ?? 0,
    other: other[n] ?? 0,
  }))
  return { bucket, unknownStart, buckets }
}
