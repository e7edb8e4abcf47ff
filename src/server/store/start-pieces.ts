/**
 * Which starts engagements can have whose ends are filtered, from the bounds that are kept of how long those of each day
 * lasted. Inside of a piece either all that ended match, whatever their length, or rows have to be looked at: all of them, or the
 * few that lasted long.
 */
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { dayMs } from './start-days.ts'

/** From a start, that included, until another one, that not. */
export interface StartSpan {
  readonly from: EpochMs
  readonly until: EpochMs
}

/** How many of those that began in a piece are meant, where ends are filtered; together they are those that match. */
export type PieceCount =
  /** All that ended: what is kept tells how many. */
  | 'all ended'
  /** Those whose ends match: their rows tell. */
  | 'matching'
  /** The same where only long ones can match. */
  | 'matching long'
  /** Not those that ended too late, all of them long: they are in a piece with all that ended. */
  | 'without late'

export interface StartPiece extends StartSpan {
  readonly count: PieceCount
}

/** Longer ones, in milliseconds, are in an index of their own. */
export const longMs = 15 * 60_000

/** What is kept of a day: null: nothing of it has ended. */
export interface DayLengths {
  readonly day: number
  readonly shortestMs: number | null
  readonly longestMs: number | null
}

/** Where the first of the days is that is not before `day`. */
export function firstFrom(days: readonly DayLengths[], day: number): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((days[middle]?.day ?? day) < day) low = middle + 1
    else high = middle
  }
  return low
}

export type Ranges = Pick<EngagementFilter, 'startAfter' | 'startBefore' | 'endAfter' | 'endBefore'>

/** The bounds of what a Date can hold. */
export const [earliestStart, latestStart] = [-8.64e15, 8.64e15]

/**
 * @param days those of one status that have any, in their order
 * @returns in their order, but those that are taken away again at the end; what lies between two cannot match, or holds nothing
 */
export function startPieces(days: Iterable<DayLengths>, ranges: Ranges): readonly StartPiece[] {
  const { endAfter, endBefore } = ranges
  const asked = askedSpan(ranges)
  if (endAfter === undefined && endBefore === undefined) return filled([{ ...asked, count: 'all ended' }])
  const pieces: StartPiece[] = []
  const late: StartPiece[] = []
  let whole: StartPiece | undefined
  for (const { day, shortestMs, longestMs } of days) {
    if (shortestMs === null || longestMs === null) continue
    const earliest = endAfter === undefined ? earliestStart : endAfter - longestMs
    const latest = endBefore === undefined ? latestStart : endBefore - shortestMs + 1
    // Most days of a long history are out of question: nothing is made for them.
    if (earliest >= (day + 1) * dayMs || latest <= day * dayMs) {
      whole = undefined
      continue
    }
    const of = common(asked, { from: day * dayMs, until: (day + 1) * dayMs })
    const can = common(of, { from: earliest, until: latest })
    const must = common(can, {
      from: endAfter === undefined ? earliestStart : endAfter - shortestMs,
      until: endBefore === undefined ? latestStart : endBefore - longestMs + 1,
    })
    const cut = cutDay(can, must, ranges)
    if (cut.late.from < cut.late.until) late.push(cut.late)
    for (const piece of cut.pieces) {
      // Nothing began between two days that follow one another here.
      const last = pieces.at(-1)
      const follows =
        last !== undefined && (last.until === piece.from || (last === whole && piece.from === of.from))
      if (follows && last.count === piece.count) pieces[pieces.length - 1] = { ...piece, from: last.from }
      else pieces.push(piece)
    }
    whole = pieces.at(-1)?.until === of.until ? pieces.at(-1) : undefined
  }
  return [...pieces, ...late]
}

/**
 * @param can where those began that may match, and `must` those that do
 * @returns `late`: what is to be taken away again
 */
function cutDay(
  can: StartSpan,
  must: StartSpan,
  { endAfter = earliestStart, endBefore = latestStart }: Ranges,
): { readonly pieces: readonly StartPiece[]; readonly late: StartPiece } {
  // What began longer before the first end than a long one lasts, and matches, is long.
  const longUntil = (until: EpochMs) => Math.max(can.from, Math.min(until, endAfter - longMs))
  if (must.from >= must.until) {
    const until = longUntil(can.until)
    return {
      pieces: filled([
        { from: can.from, until, count: 'matching long' },
        { from: until, until: can.until, count: 'matching' },
      ]),
      late: { from: must.until, until: must.until, count: 'without late' },
    }
  }
  const [long, all] = [
    longUntil(must.from),
    // What began longer before the last end than a long one lasts, and ended after it, is long.
    Math.min(Math.max(must.until, endBefore - longMs + 1), can.until),
  ]
  return {
    pieces: filled([
      { from: can.from, until: long, count: 'matching long' },
      { from: long, until: must.from, count: 'matching' },
      { from: must.from, until: all, count: 'all ended' },
      { from: all, until: can.until, count: 'matching' },
    ]),
    late: { from: must.until, until: all, count: 'without late' },
  }
}

/** The spans that any of the pieces are in, in their order, none touching another. */
export function joined(pieces: readonly StartSpan[]): readonly StartSpan[] {
  const spans: StartSpan[] = []
  for (const { from, until } of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1)
    if (last === undefined || from > last.until) spans.push({ from, until })
    else spans[spans.length - 1] = { from: last.from, until: Math.max(last.until, until) }
  }
  return spans
}

export function common(a: StartSpan, b: StartSpan): StartSpan {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}

function askedSpan({ startAfter, startBefore }: Ranges): StartSpan {
  return {
    from: startAfter ?? earliestStart,
    until: startBefore === undefined ? latestStart : startBefore + 1,
  }
}

function filled<Span extends StartSpan>(spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ from, until }) => from < until)
}
