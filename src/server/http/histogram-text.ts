/** A histogram as it is sent. Its JSON is put together from ready pieces: most of it are times, and buckets of many ranges share theirs. */
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { histogramModel, type StartHistogram } from '../source/start-histogram.ts'
import { modelText } from './send-resource.ts'

/** Some years of days, or of a quarter of their hours. */
const mostKept = 8000
/** By where the bucket begins. */
const heads = new Map<EpochMs, { readonly next: EpochMs; readonly text: string }>()

export function histogramText(type: RepresentationType, histogram: StartHistogram): string {
  return type === 'application/json'
    ? jsonOf(histogram)
    : modelText(type, 'engagementHistogramV1', histogramModel(histogram))
}

/** As `JSON.stringify` writes the model. */
function jsonOf({ bucket, bounds, unknownStart, successful, unsuccessful, other }: StartHistogram): string {
  let buckets = ''
  for (let n = 0; n + 1 < bounds.length; n++)
    buckets += `${n === 0 ? '' : ','}${headOf(bounds[n] ?? 0, bounds[n + 1] ?? 0)}${successful[n] ?? 0},"unsuccessful":${unsuccessful[n] ?? 0},"other":${other[n] ?? 0}}`
  return `{"bucket":"${bucket}","unknownStart":${unknownStart},"buckets":[${buckets}]}`
}

/** What stands before the first count of a bucket. */
function headOf(start: EpochMs, next: EpochMs): string {
  const known = heads.get(start)
  if (known?.next === next) return known.text
  // Joined, it is one piece for the engine; put together with + it would be put together on every poll.
  const text = [
    '{"start":"',
    formatInstant(start),
    '","end":"',
    formatInstant(next - 1),
    '","successful":',
  ].join('')
  if (heads.size >= mostKept) heads.clear()
  heads.set(start, { next, text })
  return text
}
