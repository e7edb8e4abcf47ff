import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayMs, startDay } from './start-days.ts'
import { type DayLengths, longMs, type Ranges, type StartPiece, startPieces } from './start-pieces.ts'

interface Row {
  readonly start: number
  readonly end: number | undefined
}

// So near to one another that many rows lie just on what a range or a length cuts.
const step = longMs / 3
const beside = fc.constantFrom(-1, 0, 0, 1)
const moment = fc
  .tuple(fc.integer({ min: -2, max: dayMs / step }), beside)
  .map(([at, more]) => at * step + more)
const lasts = fc.oneof(
  {
    weight: 100,
    arbitrary: fc.tuple(fc.integer({ min: -2, max: 9 }), beside).map(([n, more]) => n * step + more),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * dayMs }) },
  { weight: 10, arbitrary: fc.constant(undefined) },
)
const rows = fc.array(
  fc.tuple(moment, lasts).map(([start, ms]): Row => ({ start, end: ms === undefined ? ms : start + ms })),
  { maxLength: 60, size: 'max' },
)
const range = fc
  .tuple(fc.option(moment, { nil: undefined }), fc.option(moment, { nil: undefined }))
  .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]))

function lengthsOf(all: readonly Row[]): DayLengths[] {
  const days = new Map<number, number[]>()
  for (const { start, end } of all) {
    const day = startDay(start)
    days.set(day, [...(days.get(day) ?? []), ...(end === undefined ? [] : [end - start])])
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, lengths]) => ({
      day,
      shortestMs: lengths.length === 0 ? null : Math.min(...lengths),
      longestMs: lengths.length === 0 ? null : Math.max(...lengths),
    }))
}

/** What rows and counts would tell of a piece. */
function countOf(
  all: readonly Row[],
  { from, until, count }: StartPiece,
  matches: (row: Row) => boolean,
  endBefore = Number.NaN,
) {
  const own = all.filter(({ start, end }) => start >= from && start < until && end !== undefined)
  const long = own.filter(({ start, end = start }) => end - start > longMs)
  if (count === 'all ended') return own.length
  if (count === 'matching') return own.filter(matches).length
  if (count === 'matching long') return long.filter(matches).length
  return -long.filter(({ end = 0 }) => end > endBefore).length
}

it('are together just those whose ends match, at every edge', () => {
  fc.assert(
    fc.property(rows, range, range, (all, [startAfter, startBefore], [endAfter, endBefore]) => {
      fc.pre(endAfter !== undefined || endBefore !== undefined)
      const ranges: Ranges = { startAfter, startBefore, endAfter, endBefore }
      const within = (at: number | undefined, after = -Infinity, before = Infinity) =>
        at !== undefined && at >= after && at <= before
      const matches = ({ start, end }: Row) =>
        within(start, startAfter, startBefore) && within(end, endAfter, endBefore)
      const pieces = startPieces(lengthsOf(all), ranges)
      const counted = pieces.reduce((sum, piece) => sum + countOf(all, piece, matches, endBefore), 0)
      expect(counted).toBe(all.filter(matches).length)
      // In their order, each start in one alone, but for what is taken away again.
      const added = pieces.filter(({ count }) => count !== 'without late')
      for (const [n, { from, until }] of added.entries()) {
        expect(from).toBeLessThan(until)
        expect(from).toBeGreaterThanOrEqual(added[n - 1]?.until ?? -Infinity)
      }
    }),
    { numRuns: 20_000 },
  )
})
