import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockAt, covers, gaps, layTimeline, tellingLane } from './timeline.ts'

const begin = Date.parse('2026-11-22T14:16:40Z')
const at = (seconds: number) => new Date(begin + seconds * 1000).toISOString()
const engagement = (
  ...recordings: readonly { created?: string | undefined; duration?: number | undefined }[]
) => ({
  associateInitiated: false,
  startDate: at(0),
  recordings: [...recordings],
})

describe('layTimeline', () => {
  test('places recordings by when they began, from the earliest on', () => {
    const timeline = layTimeline(
      engagement({ created: at(12), duration: 40 }, { created: at(10), duration: 20 }),
    )
    expect(timeline).toEqual({
      places: [
        { startSeconds: 2, lengthSeconds: 40, dated: true },
        { startSeconds: 0, lengthSeconds: 20, dated: true },
      ],
      startMs: begin + 10_000,
      datedSeconds: 42,
      lengthSeconds: 42,
    })
    expect(clockAt(timeline, 5)).toBe(begin + 15_000)
  })

  test('what the media measure counts more than what the record says', () => {
    expect(layTimeline(engagement({ created: at(0), duration: 40 }), [38.5]).lengthSeconds).toBe(38.5)
    expect(layTimeline(engagement({ created: at(0) }), [undefined]).places[0]?.lengthSeconds).toBeUndefined()
  })

  test.each([
    ['none', undefined],
    ['one that is no date', 'yesterday'],
    ['one of another day', at(-3 * 86_400)],
  ])('without a usable time (%s) a recording comes after the others', (_, created) => {
    const timeline = layTimeline(
      engagement({ created, duration: 9 }, { created: at(0), duration: 20 }, { duration: 5 }),
    )
    expect(timeline.places.map(({ startSeconds }) => startSeconds)).toEqual([20, 0, 29])
    expect(timeline.lengthSeconds).toBe(34)
    expect([clockAt(timeline, 20), clockAt(timeline, 20.1)]).toEqual([begin + 20_000, undefined])
  })

  test('where no recording tells its time they stand in their order, and no clock is shown', () => {
    const timeline = layTimeline(engagement({ duration: 9 }, { duration: 5 }))
    expect(timeline.places.map(({ startSeconds }) => startSeconds)).toEqual([0, 9])
    expect(clockAt(timeline, 3)).toBeUndefined()
  })

  test('an engagement that does not tell its start is where most of its recordings are', () => {
    const { startDate: _, ...unstarted } = engagement(
      { created: at(-900 * 86_400), duration: 9 },
      { created: at(0), duration: 9 },
      { created: at(3), duration: 9 },
    )
    expect(layTimeline(unstarted).places.map(({ dated }) => dated)).toEqual([false, true, true])
  })

  test('one without recordings is nothing long', () => {
    expect(layTimeline({ associateInitiated: false })).toMatchObject({ places: [], lengthSeconds: 0 })
  })

  test('every place is inside the timeline, dated ones where the clock says', () => {
    const recording = fc.record({
      created: fc.option(fc.integer({ min: -3600, max: 3600 }).map(at), { nil: undefined }),
      duration: fc.option(fc.nat({ max: 4000 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(recording, { maxLength: 9 }), (recordings) => {
        const timeline = layTimeline(engagement(...recordings))
        timeline.places.forEach(({ startSeconds, lengthSeconds = 0, dated }, index) => {
          expect(startSeconds).toBeGreaterThanOrEqual(0)
          expect(startSeconds + lengthSeconds).toBeLessThanOrEqual(timeline.lengthSeconds)
          const created = recordings[index]?.created
          expect(dated).toBe(created !== undefined)
          if (created !== undefined) expect(clockAt(timeline, startSeconds)).toBe(Date.parse(created))
        })
      }),
    )
  })
})

test('a recording covers from its beginning up to before its end, one of unknown length from then on', () => {
  const place = { startSeconds: 5, lengthSeconds: 10, dated: true }
  expect([4.9, 5, 14.9, 15].map((position) => covers(place, position))).toEqual([false, true, true, false])
  expect(covers({ ...place, lengthSeconds: undefined }, 1e6)).toBe(true)
})

test('a position is told by the chosen recording where it is there, else by the latest that is', () => {
  const timeline = layTimeline(
    engagement(
      { created: at(0), duration: 10 },
      { created: at(5), duration: 20 },
      { created: at(40), duration: 5 },
    ),
  )
  expect(tellingLane(timeline, 7, 0)).toBe(0)
  expect(tellingLane(timeline, 12, 0)).toBe(1)
  expect(tellingLane(timeline, 2, 2)).toBe(0)
  // In the gap: by what ended before it.
  expect(tellingLane(timeline, 30, 1)).toBe(1)
  expect(tellingLane(timeline, 30, 2)).toBe(1)
})

test('gaps are where nobody was recorded', () => {
  const timeline = layTimeline(
    engagement(
      { created: at(0), duration: 10 },
      { created: at(5), duration: 20 },
      { created: at(40), duration: 5 },
    ),
  )
  expect(gaps(timeline)).toEqual([{ fromSeconds: 25, toSeconds: 40 }])
})
