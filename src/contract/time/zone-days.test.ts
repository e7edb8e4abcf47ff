import { tzOffset } from '@date-fns/tz'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayMs, shownAt } from './zone-days.ts'

const since = Date.UTC(1980, 0)
const until = Date.UTC(2040, 0)
const zones = Intl.supportedValuesOf('timeZone')
const platformOffset = (zone: string, at: number) => tzOffset(zone, new Date(at))

it('takes an offset for a whole minute, at the beginning of which alone clocks change since 1980', () => {
  const odd: string[] = []
  // A fifth of the zones, which takes a second, and one of the odd ones.
  for (const zone of [...zones.filter((_, n) => n % 5 === 0), 'America/St_Johns'])
    for (let month = since; month < until; month += 30 * dayMs) {
      const offset = platformOffset(zone, month)
      let [before, after] = [month, month + 30 * dayMs]
      if (platformOffset(zone, after) === offset) continue
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2)
        if (platformOffset(zone, middle) === offset) before = middle
        else after = middle
      }
      if (after % 60_000 !== 0) odd.push(`${zone} ${new Date(after).toISOString()}`)
    }
  expect(odd).toEqual([])
})

it('shows what the clocks of a zone do, whenever it is asked', () => {
  const moment = fc.integer({ min: Date.UTC(1900, 0), max: until })
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
      // Twice: worked out, then as it was kept.
      expect(shownAt(at, zone)).toBe(at + platformOffset(zone, at) * 60_000)
      expect(shownAt(at, zone)).toBe(at + platformOffset(zone, at) * 60_000)
    }),
    { numRuns: 2_000 },
  )
})
