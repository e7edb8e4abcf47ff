import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PeakMeter } from './peak-meter.ts'
import { bucketsPerSecond, levelAt, levelOf } from './peaks.ts'

describe('a level', () => {
  it.each([
    [0, 0],
    [0.000_999, 0],
    [0.001, 0],
    [10 ** (-30 / 20), 128],
    [0.5, 229],
    [1, 255],
    [3, 255],
    [Number.POSITIVE_INFINITY, 255],
    [Number.NaN, 0],
  ])('of the amplitude %d is %d', (amplitude, level) => {
    expect(levelOf(amplitude)).toBe(level)
  })

  it('of decibels is that of their amplitude', () => {
    for (let decibels = -60; decibels <= 0; decibels++)
      expect(Math.round(levelAt(decibels))).toBeCloseTo(levelOf(10 ** (decibels / 20)), -0.5)
  })
})

/** What plain code says, one sample after the other; the last bucket may begin after the last sample. */
function plainLevels(channels: readonly Float32Array[], sampleRate: number): number[] {
  const frames = channels[0]?.length ?? 0
  const levels = Array.from({ length: Math.ceil((frames * bucketsPerSecond) / sampleRate) }, () => 0)
  for (const channel of channels)
    channel.forEach((sample, at) => {
      const bucket = Math.floor((at * bucketsPerSecond) / sampleRate)
      levels[bucket] = Math.max(levels[bucket] ?? 0, levelOf(Math.abs(sample)))
    })
  return levels
}

const sample = fc.float({ min: -1, max: 1, noNaN: true })

describe('a meter', () => {
  it('finds the loudest of every bucket, however the sound is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sample, sample), { minLength: 1, maxLength: 600 }),
        fc.constantFrom(100, 105, 441, 480),
        fc.integer({ min: 1, max: 80 }),
        (frames, sampleRate, cut) => {
          const channels = [0, 1].map((n) => Float32Array.from(frames, (frame) => frame[n] ?? 0))
          const meter = new PeakMeter()
          for (let at = 0; at < frames.length; at += cut)
            for (const channel of channels)
              meter.add(channel.subarray(at, at + cut), at / sampleRate, sampleRate)
          expect([...meter.levels()]).toEqual(plainLevels(channels, sampleRate))
        },
      ),
    )
  })

  it('tells which buckets are whole, and levels from any of them', () => {
    const meter = new PeakMeter()
    meter.add(new Float32Array(130).fill(0.5), 0, 1000)
    expect([meter.wholeBuckets, meter.buckets, meter.endSeconds]).toEqual([2, 3, 0.13])
    meter.add(new Float32Array(70).fill(1), 0.13, 1000)
    expect([...meter.levels(1)]).toEqual([229, 255, 255])
    expect([...meter.levels(0, 2)]).toEqual([229, 229])
  })

  it('has nothing where there was none, and nothing from before the beginning', () => {
    const meter = new PeakMeter()
    meter.add(new Float32Array(100).fill(1), -0.1, 1000)
    expect([...meter.levels()]).toEqual([])
    meter.add(new Float32Array(50).fill(1), 0.2, 1000)
    expect([...meter.levels()]).toEqual([0, 0, 0, 0, 255])
  })

  it.each([86_400, 1e12, Number.POSITIVE_INFINITY, Number.NaN])(
    'takes no memory for a time of %d s',
    (time) => {
      expect(() => new PeakMeter().add(new Float32Array(1), time, 8000)).toThrow('too long')
    },
  )
})
