import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelAt } from '../../../contract/model/peaks.ts'
import {
  type HeardLane,
  shortestSilenceMs,
  silenceMarginMs,
  silenceThreshold,
  silentSpans,
} from './silence.ts'

const bucketsPerSecond = 20
const bucketMs = 1000 / bucketsPerSecond

/** Loud and quiet in turns, seconds each. */
function lane(startMs: number, ...seconds: readonly number[]): HeardLane {
  const levels = Uint8Array.from(
    seconds.flatMap((length, index) =>
      Array.from({ length: length * bucketsPerSecond }, () => (index % 2 === 0 ? 220 : 10)),
    ),
  )
  return { startMs, durationMs: levels.length * bucketMs, levels, bucketsPerSecond }
}

describe('silence', () => {
  it('is where nobody speaks, less a margin at both ends', () => {
    expect(silentSpans([lane(0, 2, 4, 2)], 8000)).toEqual([{ fromMs: 2250, toMs: 5750 }])
  })

  it('is where all lanes are silent', () => {
    const lanes = [lane(0, 2, 6, 2), lane(4000, 1, 4)]
    expect(silentSpans(lanes, 10_000)).toEqual([
      { fromMs: 2250, toMs: 3750 },
      { fromMs: 5250, toMs: 7750 },
    ])
  })

  it('is where no recording is, before, between and after', () => {
    expect(silentSpans([lane(3000, 1), lane(8000, 1)], 12_000)).toEqual([
      { fromMs: 250, toMs: 2750 },
      { fromMs: 4250, toMs: 7750 },
      { fromMs: 9250, toMs: 11_750 },
    ])
    expect(silentSpans([], 4000)).toEqual([{ fromMs: 250, toMs: 3750 }])
  })

  it('is no pause between words', () => {
    expect(silentSpans([lane(0, 2, 1.45, 2)], 5450)).toEqual([])
    expect(silentSpans([lane(0, 2, 1.5, 2)], 5500)).toEqual([{ fromMs: 2250, toMs: 3250 }])
  })

  it('is never where nothing is known yet', () => {
    const unknown = { startMs: 1000, durationMs: 20_000, levels: new Uint8Array(), bucketsPerSecond }
    expect(silentSpans([unknown, lane(0, 1, 30)], 31_000)).toEqual([{ fromMs: 21_250, toMs: 30_750 }])
  })
})

describe('the threshold', () => {
  const speech = (loudDecibels: number, roomDecibels: number) =>
    Uint8Array.from({ length: 1000 }, (_, at) =>
      Math.max(0, Math.round(levelAt(at % 4 === 0 ? loudDecibels - (at % 7) : roomDecibels))),
    )
  it.each([
    ['loud speech in a noisy room', -3, -38],
    ['ordinary speech in an office', -14, -46],
    ['faint speech', -30, -55],
    ['speech with nothing beside it', -20, -60],
  ])('tells %s from the room', (_, loud, room) => {
    const threshold = silenceThreshold(speech(loud, room))
    expect(threshold).toBeGreaterThan(levelAt(room))
    expect(threshold).toBeLessThan(levelAt(loud - 6))
  })

  it('finds a recording without any speech silent', () => {
    expect(silenceThreshold(new Uint8Array(1000))).toBeCloseTo(levelAt(-50))
    expect(silenceThreshold(new Uint8Array())).toBeCloseTo(levelAt(-50))
  })
})

/** Milliseconds, of which the properties look at every tenth. */
const tens = (most: number) => fc.integer({ min: 0, max: most / 10 }).map((tenth) => tenth * 10)

const anyLane = fc
  .record({
    startMs: tens(30_000),
    levels: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 20, 45, 120, 255)), {
        maxLength: 12,
      })
      .map((runs) => Uint8Array.from(runs.flatMap(([length, level]) => Array(length).fill(level)))),
    unknownMs: tens(3000),
  })
  .map(
    ({ startMs, levels, unknownMs }): HeardLane => ({
      startMs,
      levels,
      bucketsPerSecond,
      durationMs: levels.length * bucketMs + unknownMs,
    }),
  )
const anyLanes = fc.array(anyLane, { maxLength: 4 })
const anyExtent = tens(60_000)

/** Whether any lane may be heard at a time, by looking it up. */
function listener(lanes: readonly HeardLane[]): (timeMs: number) => boolean {
  const heard = lanes.map(({ startMs, durationMs, levels }) => {
    const threshold = silenceThreshold(levels)
    return (timeMs: number) => {
      const at = timeMs - startMs
      if (at < 0 || at >= durationMs) return false
      const level = levels[Math.floor(at / bucketMs)]
      return level === undefined || level > threshold
    }
  })
  return (timeMs) => heard.some((mayBeHeard) => mayBeHeard(timeMs))
}

it('never hides a sound, nor a part that may be one, and keeps its margins', () => {
  fc.assert(
    fc.property(anyLanes, anyExtent, (lanes, extentMs) => {
      const mayBeHeard = listener(lanes)
      let before = 0
      for (const { fromMs, toMs } of silentSpans(lanes, extentMs)) {
        expect(toMs - fromMs).toBeGreaterThanOrEqual(shortestSilenceMs - 2 * silenceMarginMs - 0.001)
        expect(fromMs - silenceMarginMs).toBeGreaterThanOrEqual(before)
        expect(toMs + silenceMarginMs).toBeLessThanOrEqual(extentMs)
        const hidden: number[] = []
        for (let time = fromMs - silenceMarginMs; time < toMs + silenceMarginMs; time += 10)
          if (mayBeHeard(time)) hidden.push(time)
        expect(hidden).toEqual([])
        before = toMs + silenceMarginMs
      }
    }),
  )
})

it('misses no silence that is long enough', () => {
  fc.assert(
    fc.property(anyLanes, anyExtent, (lanes, extentMs) => {
      const mayBeHeard = listener(lanes)
      const spans = silentSpans(lanes, extentMs)
      const missed: number[] = []
      let quietMs = 0
      for (let time = 0; time < extentMs; time += 10) {
        quietMs = mayBeHeard(time) ? 0 : quietMs + 10
        const middle = time - quietMs / 2
        if (
          quietMs > shortestSilenceMs &&
          !spans.some(({ fromMs, toMs }) => fromMs <= middle && middle <= toMs)
        )
          missed.push(middle)
      }
      expect(missed).toEqual([])
    }),
  )
})
