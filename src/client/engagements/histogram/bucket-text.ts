/** Buckets in words. */
import type { StartBucket } from '../../../contract/model/engagement-histogram.ts'
import { histogramTexts } from '../../texts/en/histogram.ts'
import { instantsText } from '../../time/range-text.ts'
import { formatTime, type TimeStyle } from '../../time/zone.ts'

export const outcomes = ['successful', 'unsuccessful', 'other'] as const

export function sizeOf(bucket: StartBucket): number {
  return bucket.successful + bucket.unsuccessful + bucket.other
}

/** From the first moment of the first to the last of the last. */
export function spanText(first: StartBucket, last: StartBucket, zone: string): string {
  return instantsText({ from: Date.parse(first.start), to: Date.parse(last.end) }, zone)
}

/** Such as "12 successful, 3 unsuccessful"; "none" for nothing. */
export function countsText(buckets: readonly StartBucket[]): string {
  const texts = histogramTexts()
  const told = outcomes.flatMap((outcome) => {
    const count = buckets.reduce((sum, bucket) => sum + bucket[outcome], 0)
    return count === 0 ? [] : [texts.counts[outcome](count)]
  })
  return told.length === 0 ? texts.none : told.join(', ')
}

const dayMs = 86_400_000
const marks = 6

/** What stands under the bars, from left to right at equal distances. */
export function axisMarks(
  buckets: readonly StartBucket[],
  zone: string,
): { readonly at: string; readonly text: string }[] {
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (first === undefined || last === undefined) return []
  const lengthMs = Date.parse(last.end) - Date.parse(first.start)
  const style: TimeStyle = lengthMs <= 2 * dayMs ? 'minute' : lengthMs <= 60 * dayMs ? 'weekday' : 'day'
  const count = Math.min(marks, buckets.length)
  return Array.from({ length: count }, (_, mark) => {
    const at = buckets[Math.floor((mark * buckets.length) / count)]?.start ?? first.start
    return { at, text: formatTime(Date.parse(at), zone, style) }
  })
}
