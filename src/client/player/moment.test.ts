import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noMarks } from './marks.ts'
import { marksOf, momentOf } from './moment.ts'
import { layTimeline } from './sync/timeline.ts'

const begin = Date.parse('2026-11-22T14:16:40Z')
const timeline = layTimeline({
  associateInitiated: false,
  recordings: [
    { created: new Date(begin).toISOString(), duration: 30 },
    { created: new Date(begin + 10_500).toISOString(), duration: 40 },
    { created: new Date(begin + 70_000).toISOString(), duration: 20 },
  ],
})

test('a moment is told by the chosen recording where it has begun', () => {
  expect(momentOf(timeline, 20.9, noMarks, 1)).toEqual({ lane: 1, second: 10, span: undefined })
  expect(momentOf(timeline, 5, noMarks, 1)).toEqual({ lane: 0, second: 5, span: undefined })
})

test('a part that begins before the chosen recording is told by an earlier one', () => {
  expect(momentOf(timeline, 20, { a: 4, b: 25.2 }, 1)).toEqual({
    lane: 0,
    second: 20,
    span: { fromSeconds: 4, toSeconds: 26 },
  })
})

test('a link leads back to within a second before the place, and marks no less than was marked', () => {
  const seconds = fc.double({ min: 0, max: 90, noNaN: true })
  fc.assert(
    fc.property(
      seconds,
      fc.option(fc.tuple(seconds, seconds)),
      fc.nat({ max: 2 }),
      (position, part, chosen) => {
        const [a, b] = (part ?? []).toSorted((one, other) => one - other)
        const { lane, second, span } = momentOf(timeline, position, { a, b }, chosen)
        const start = timeline.places[lane]?.startSeconds ?? 0
        expect(position - (start + second)).toBeGreaterThanOrEqual(0)
        expect(position - (start + second)).toBeLessThan(1)
        const marks = marksOf(timeline, lane, span)
        if (a === undefined || b === undefined) expect(marks).toEqual(noMarks)
        else {
          expect(marks.a).toBeLessThanOrEqual(a)
          expect(marks.b).toBeGreaterThanOrEqual(b)
        }
      },
    ),
  )
})
