/** A histogram as it is sent. Its JSON is put together from ready pieces: most of it are the times, the same on every poll. */
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { type BucketTimes, histogramModel, type StartHistogram } from '../source/start-histogram.ts'
import { modelText } from './send-resource.ts'

const heads = new WeakMap<BucketTimes, readonly string[]>()

export function histogramText(type: RepresentationType, histogram: StartHistogram): string {
  return type === 'application/json'
    ? jsonOf(histogram)
    : modelText(type, 'engagementHistogramV1', histogramModel(histogram))
}

/** As `JSON.stringify` writes the model. */
function jsonOf({ times, unknownStart, successful, unsuccessful, other }: StartHistogram): string {
  let buckets = ''
  for (const [n, head] of headsOf(times).entries())
    buckets += `${head}${successful[n] ?? 0},"unsuccessful":${unsuccessful[n] ?? 0},"other":${other[n] ?? 0}}`
  return `{"bucket":"${times.bucket}","unknownStart":${unknownStart},"buckets":[${buckets}]}`
}

/** What stands before the first count of each bucket. */
function headsOf(times: BucketTimes): readonly string[] {
  const known = heads.get(times)
  if (known !== undefined) return known
  // Joined, they are one piece each for the engine; put together with + they would be put together on every poll.
  const made = times.starts.map((start, n) =>
    [n === 0 ? '' : ',', '{"start":"', start, '","end":"', times.ends[n], '","successful":'].join(''),
  )
  heads.set(times, made)
  return made
}
