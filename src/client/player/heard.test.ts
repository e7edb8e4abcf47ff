import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addHeard, type HeardSpans, heardSeconds, heardShare, heardText } from './heard.ts'

// Eighths of a second, which binary fractions hold exactly.
const eighths = 8
const timelineEighths = 60 * eighths
const parts = fc.array(fc.tuple(fc.nat({ max: timelineEighths }), fc.nat({ max: timelineEighths })), {
  maxLength: 25,
})

/** The plain way: every eighth of a second is heard or not, and short runs that were not are filled. */
function oracle(heard: readonly (readonly [number, number])[]): HeardSpans {
  const cells = Array.from({ length: timelineEighths }, (_, cell) =>
    heard.some(([from, to]) => from <= cell && cell < to),
  )
  const spans: [number, number][] = []
  cells.forEach((isHeard, cell) => {
    const last = spans.at(-1)
    if (!isHeard) return
    if (last && cell - last[1] < eighths) last[1] = cell + 1
    else spans.push([cell, cell + 1])
  })
  return spans.map(([from, to]) => [from / eighths, to / eighths])
}

test('whatever is heard in whatever order, the spans are those of the plain way', () => {
  fc.assert(
    fc.property(parts, (heard) => {
      const spans = heard.reduce<HeardSpans>(
        (before, [from, to]) => addHeard(before, from / eighths, to / eighths),
        [],
      )
      expect(spans).toEqual(oracle(heard))
      const seconds = oracle(heard).reduce((sum, [from, to]) => sum + to - from, 0)
      expect(heardSeconds(spans)).toBe(seconds)
      expect(heardShare(spans, timelineEighths / eighths)).toBeCloseTo(seconds / 60, 10)
    }),
    { numRuns: 500 },
  )
})

test('hearing something again changes nothing, and nothing heard is ever lost', () => {
  fc.assert(
    fc.property(parts, (heard) => {
      let spans: HeardSpans = []
      for (const [from, to] of heard) {
        const before = heardSeconds(spans)
        spans = addHeard(spans, from / eighths, to / eighths)
        expect(heardSeconds(spans)).toBeGreaterThanOrEqual(before)
        expect(addHeard(spans, from / eighths, to / eighths)).toEqual(spans)
      }
    }),
  )
})

test.each([
  [5, 5],
  [7, 5],
  [Number.NaN, 3],
  [1, Number.NaN],
  [0, Number.POSITIVE_INFINITY],
  [-5, 0],
])('from %s to %s is nothing heard', (from, to) => {
  const spans = [[1, 2]] as const
  expect(addHeard(spans, from, to)).toBe(spans)
})

test('what stood before the beginning counts from the beginning', () => {
  expect(addHeard([], -3, 2)).toEqual([[0, 2]])
})

test('no more than a hundred spans are kept: the narrowest gap is closed', () => {
  let spans: HeardSpans = []
  for (let index = 0; index < 100; index += 1) spans = addHeard(spans, index * 10, index * 10 + 1)
  expect(spans).toHaveLength(100)
  spans = addHeard(spans, 503, 504)
  expect(spans).toHaveLength(100)
  expect(spans[50]).toEqual([500, 504])
})

test('there is nothing to hear in a timeline without length, and never more than all of one', () => {
  expect(heardShare([[0, 5]], 0)).toBe(0)
  expect(heardShare([[0, 5]], 4)).toBe(1)
})

test.each([
  [[[0, 180]], 432, 'heard 3 of 7 minutes'],
  [
    [
      [0, 10],
      [30, 40],
    ],
    55,
    'heard 20 of 55 seconds',
  ],
  [[[0, 20]], 432, 'heard less than 1 of 7 minutes'],
  [[[0, 431]], 432, 'heard all 7 minutes'],
  [[[0, 500]], 432, 'heard all 7 minutes'],
  [[[0, 1]], 1, 'heard all 1 second'],
  [[[0, 0.5]], 432, undefined],
  [[], 432, undefined],
  [[[0, 3]], 0, undefined],
] as const)('of %j in %s seconds is told: %s', (spans, lengthSeconds, text) => {
  expect(heardText(spans, lengthSeconds)).toBe(text)
})
