/** A histogram as it is sent. Its JSON is put together from ready pieces: most of it are times, and buckets of many ranges share theirs. */
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { histogramModel, type StartHistogram } from '../source/start-histogram.ts'
import { modelText } from './send-resource.ts'

/** Some years of days, or of a quarter of their hours. */
const mostKept = 8000
const minuteMs = 60_000
/** By the minute that the bucket begins with. */
const heads = new Map<number, { readonly next: EpochMs; readonly text: string }>()

export function histogramText(type: RepresentationType, histogram: StartHistogram): string {
  return type === 'application/json'
    ? jsonOf(histogram)
    : modelText(type, 'engagementHistogramV1', histogramModel(histogram))
}

/** As `JSON.stringify` writes the model. */
function jsonOf({ bucket, bounds, unknownStart, successful, unsuccessful, other }: StartHistogram): string {
  // Most who ask mean one status, and the engine then has half the pieces to put together.
  const alone = unsuccessful.length === 0 && other.length === 0
  let buckets = ''
  for (let n = 0; n + 1 < bounds.length; n++) {
    const head = headOf(bounds[n] ?? 0, bounds[n + 1] ?? 0)
    const rest = alone
      ? ',"unsuccessful":0,"other":0},'
      : `,"unsuccessful":${unsuccessful[n] ?? 0},"other":${other[n] ?? 0}},`
    buckets += head + (successful[n] ?? 0) + rest
  }
  return `{"bucket":"${bucket}","unknownStart":${unknownStart},"buckets":[${buckets.slice(0, -1)}]}`
}

/** What stands before the first count of a bucket. */
function headOf(start: EpochMs, next: EpochMs): string {
  const minute = start / minuteMs
  // Where a range cuts a bucket, hardly anybody asks for the same.
  if (!Number.isInteger(minute)) return writeHead(start, next)
  const known = heads.get(minute)
  if (known?.next === next) return known.text
  const text = writeHead(start, next)
  if (heads.size >= mostKept) heads.clear()
  heads.set(minute, { next, text })
  return text
}

/** Joined, it is one piece for the engine; put together with + it would be put together on every poll. */
function writeHead(start: EpochMs, next: EpochMs): string {
  return ['{"start":"', formatInstant(start), '","end":"', formatInstant(next - 1), '","successful":'].join(
    '',
  )
}
