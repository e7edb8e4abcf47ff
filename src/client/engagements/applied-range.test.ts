import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageQuery, rollingRanges } from '../../contract/query/page-query.ts'
import { startOfDay } from '../../contract/time/zone-days.ts'
import { toWallClock } from '../time/wall-clock.ts'
import { contradictionIn, contradictionOf, queryAt } from './applied-range.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
]
const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) })
const page = (range: (typeof rollingRanges)[number], tz: string) => ({ ...pageQuery.defaults, range, tz })

describe('a rolling range', () => {
  it('is whole days of the zone, over clock changes too', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), fc.constantFrom(...rollingRanges), (now, tz, range) => {
        const { startAfter = 0, startBefore = 0 } = queryAt(page(range, tz), now)
        expect(startOfDay(startAfter, tz)).toBe(startAfter)
        expect(startOfDay(startBefore + 1, tz)).toBe(startBefore + 1)
        // The days in between, counted on the calendar alone.
        const dayOf = (at: number) => Date.parse(toWallClock(at, tz).day) / 86_400_000
        const days = dayOf(startBefore) - dayOf(startAfter) + 1
        const lengths = { today: 1, yesterday: 1, '7d': 7, '30d': 30, '90d': 90, week: 0, month: 0 }
        if (lengths[range] > 0) expect(days).toBe(lengths[range])
        expect(dayOf(startBefore)).toBe(dayOf(now) - (range === 'yesterday' ? 1 : 0))
        if (range === 'week') expect((dayOf(startAfter) + 3) % 7).toBe(0)
        if (range === 'month') expect(toWallClock(startAfter, tz).day).toMatch(/-01$/)
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same query until the next day', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), fc.constantFrom(...rollingRanges), (now, tz, range) => {
        const asked = queryAt(page(range, tz), now)
        expect(queryAt(page(range, tz), startOfDay(now, tz))).toEqual(asked)
        expect(queryAt(page(range, tz), startOfDay(now, tz, 1) - 1)).toEqual(asked)
        expect(queryAt(page(range, tz), startOfDay(now, tz, 1)).startBefore).not.toBe(asked.startBefore)
      }),
    )
  })

  it('leaves nothing of the page’s own in what the API is asked', () => {
    expect(Object.keys(queryAt(page('7d', 'UTC'), 0))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(range|tz|open|rec|t|span)$/)]),
    )
    const { range: _r, open: _o, rec: _c, t: _t, span: _s, tz: _z, ...plain } = pageQuery.defaults
    expect(queryAt(pageQuery.defaults, 5)).toEqual(plain)
  })
})

describe('two ranges', () => {
  it.each([
    [{ from: 10, to: 20 }, { from: undefined, to: 9 }, true],
    [{ from: 10, to: 20 }, { from: undefined, to: 10 }, false],
    [{ from: 10, to: 20 }, { from: 30, to: 40 }, false],
    [{ from: undefined, to: 20 }, { from: 5, to: 6 }, false],
    [{ from: 10, to: undefined }, { from: undefined, to: undefined }, false],
  ])('started %j, ended %j', (started, ended, contradictory) => {
    expect(contradictionOf(started, ended) !== undefined).toBe(contradictory)
  })

  it('contradict each other where one of them rolls, too', () => {
    const now = Date.UTC(2026, 10, 25, 12)
    const today = { ...page('today', 'UTC'), endBefore: Date.UTC(2026, 10, 25) - 1 }
    expect(contradictionIn(queryAt(today, now))).toBe('An engagement cannot have ended before it started')
    expect(contradictionIn(queryAt({ ...today, range: 'yesterday' }, now))).toBeUndefined()
  })
})
