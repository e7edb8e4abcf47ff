/** Which parts of a timeline were heard: a set of seconds, as spans in order that never touch. */
import { heardTexts } from '../texts/en/heard.ts'

/** Seconds from the beginning of the timeline; sorted, apart from each other by at least a second. */
export type HeardSpans = readonly (readonly [fromSeconds: number, toSeconds: number])[]

/** A gap shorter than this is a seek that missed, or a timer that came late: nobody left it out on purpose. */
const closedGapSeconds = 1
/** More than anybody seeks in one recording; beyond it the narrowest gap is closed, so that what is stored stays small. */
const mostSpans = 100

/** The spans with one more; what is no stretch of time (nothing, backwards, not a number) changes nothing. */
export function addHeard(spans: HeardSpans, fromSeconds: number, toSeconds: number): HeardSpans {
  const from = Math.max(0, fromSeconds)
  if (!(toSeconds > from && Number.isFinite(toSeconds))) return spans
  const near = ([start, end]: readonly [number, number]) =>
    start - toSeconds < closedGapSeconds && from - end < closedGapSeconds
  const joined = [[from, toSeconds] as const, ...spans.filter(near)]
  const start = Math.min(...joined.map(([first]) => first))
  const end = Math.max(...joined.map(([, last]) => last))
  const others = spans.filter((span) => !near(span))
  const place = others.filter(([first]) => first < start).length
  return withoutNarrowestGap(others.toSpliced(place, 0, [start, end]))
}

export function heardSeconds(spans: HeardSpans): number {
  return spans.reduce((sum, [from, to]) => sum + (to - from), 0)
}

/** 0 to 1; nothing of a timeline without length. */
export function heardShare(spans: HeardSpans, lengthSeconds: number): number {
  return lengthSeconds > 0 ? Math.min(1, heardSeconds(spans) / lengthSeconds) : 0
}

/** From end to end; the last moments of a recording are often cut off. */
export function heardWhole(spans: HeardSpans, lengthSeconds: number): boolean {
  return heardShare(spans, lengthSeconds) > 0.99
}

/** Such as `heard 3 of 7 minutes`; undefined when there is less than a second to tell of. */
export function heardText(spans: HeardSpans, lengthSeconds: number): string | undefined {
  const seconds = heardSeconds(spans)
  const share = heardShare(spans, lengthSeconds)
  if (seconds < 1 || share === 0) return undefined
  const texts = heardTexts()
  const [size, unit] = lengthSeconds < 120 ? ([1, 'second'] as const) : ([60, 'minute'] as const)
  const length = Math.round(lengthSeconds / size)
  if (heardWhole(spans, lengthSeconds)) return texts.heardAll(length, unit)
  const heard = Math.min(length, Math.round(seconds / size))
  return heard === 0 ? texts.heardLessThanOne(length, unit) : texts.heardPart(heard, length, unit)
}

function withoutNarrowestGap(spans: HeardSpans): HeardSpans {
  if (spans.length <= mostSpans) return spans
  const gaps = spans.slice(1).map(([from], index) => from - (spans[index]?.[1] ?? 0))
  const narrowest = gaps.indexOf(Math.min(...gaps))
  const [left, right] = [spans[narrowest], spans[narrowest + 1]]
  return left && right ? spans.toSpliced(narrowest, 2, [left[0], right[1]]) : spans
}
