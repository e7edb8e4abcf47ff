import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBars } from './bars.ts'

const bucketsPerSecond = 20

/** Left edge, top and height of every bar. */
function barsOf(path: string) {
  return [...path.matchAll(/M(\S+) (\S+)a1\.5 (\S+) 0 0 1 3 0v(\S+)a1\.5 \S+ 0 0 1 -3 0z/g)].map(
    ([, x, y, radius, straight]) => ({
      x: Number(x),
      top: Number(y) - Number(radius),
      height: Number(straight) + 2 * Number(radius),
    }),
  )
}

describe('bars', () => {
  it('are as high as it is loud, about the middle', () => {
    const levels = Uint8Array.from({ length: 60 }, (_, at) => (at < 20 ? 0 : at < 40 ? 150 : 255))
    const { path, knownPx } = drawBars(
      { levels, bucketsPerSecond },
      { fromSeconds: 0, toSeconds: 3, widthPx: 15 },
    )
    expect(knownPx).toBe(15)
    const [quiet, middle, loud] = barsOf(path)
    expect([quiet?.height, loud?.height]).toEqual([1.4, 34])
    expect(middle?.height).toBeGreaterThan(10)
    expect(middle?.height).toBeLessThan(30)
    expect([quiet?.x, middle?.x, loud?.x]).toEqual([0, 5, 10])
    for (const bar of barsOf(path)) expect(bar.top + bar.height / 2).toBeCloseTo(19, 1)
  })

  it('show the loudest of what they stand for', () => {
    const levels = new Uint8Array(200)
    levels[137] = 255
    const heights = barsOf(
      drawBars({ levels, bucketsPerSecond }, { fromSeconds: 0, toSeconds: 10, widthPx: 50 }).path,
    ).map(({ height }) => height)
    expect(heights).toEqual([1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 34, 1.4, 1.4, 1.4])
  })

  it('show a stretch in the middle', () => {
    const levels = Uint8Array.from({ length: 400 }, (_, at) => (at >= 200 && at < 300 ? 255 : 0))
    const shown = drawBars({ levels, bucketsPerSecond }, { fromSeconds: 10, toSeconds: 15, widthPx: 100 })
    expect(barsOf(shown.path).every(({ height }) => height === 34)).toBe(true)
  })

  it.each([
    [0, 0],
    [5, 0],
    [5, 5],
    [5, 4],
  ])('are none for the stretch from %d s to %d s', (fromSeconds, toSeconds) => {
    const levels = new Uint8Array(100)
    expect(drawBars({ levels, bucketsPerSecond }, { fromSeconds, toSeconds, widthPx: 100 })).toEqual({
      path: '',
      knownPx: 0,
    })
  })

  it('that are shown stay as they are while more becomes known', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.nat(400),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.1, max: 25, noNaN: true }),
        (levels, known, widthPx, toSeconds) => {
          const span = { fromSeconds: 0, toSeconds, widthPx }
          const all = drawBars({ levels, bucketsPerSecond }, span)
          const some = drawBars({ levels: levels.subarray(0, known), bucketsPerSecond }, span)
          const floor = barsOf(some.path).slice(0, -1)
          expect(barsOf(all.path).slice(0, floor.length)).toEqual(floor)
          expect(some.knownPx).toBeLessThanOrEqual(widthPx)
          for (const { x } of barsOf(all.path)) expect(x + 3).toBeLessThanOrEqual(Math.max(3, widthPx))
        },
      ),
    )
  })
})
