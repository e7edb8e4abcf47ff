/** When engagements started, in columns: a histogram of the contract before it is written. */
import type { BucketLength, EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'

/** One text a bucket, in order. The same object for a range that is asked for again: what is made of it can be kept. */
export interface BucketTimes {
  readonly bucket: BucketLength
  /** The first moment of each, ISO 8601 in UTC. */
  readonly starts: readonly string[]
  /** The last moment of each. */
  readonly ends: readonly string[]
}

export interface StartHistogram {
  readonly times: BucketTimes
  /** Engagements that match and have no start. */
  readonly unknownStart: number
  /** One count a bucket. */
  readonly successful: readonly number[]
  readonly unsuccessful: readonly number[]
  readonly other: readonly number[]
}

export function histogramModel(histogram: StartHistogram): EngagementHistogramV1 {
  const { times, unknownStart, successful, unsuccessful, other } = histogram
  const buckets = times.starts.map((start, n) => ({
    start,
    end: times.ends[n] ?? start,
    successful: successful[n] ?? 0,
    unsuccessful: unsuccessful[n] ?? 0,
    other: other[n] ?? 0,
  }))
  return { bucket: times.bucket, unknownStart, buckets }
}
