/** Days and times of day in a zone, the clock changes included. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../contract/time/zone-days.ts'
import { fromWallClock, isDayEdge, nothing, toWallClock } from './wall-clock.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
]
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())

describe('the edges of a day', () => {
  it.each([
    ['Europe/Berlin', '2026-11-22', '2026-11-21T23:00:00.000Z', '2026-11-22T22:59:59.999Z'],
    // 23 hours long, then 25.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    // Begins at one o’clock: midnight is left out.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999Z'],
    ['Africa/Cairo', '2026-04-23', '2026-04-22T22:00:00.000Z', '2026-04-23T21:59:59.999Z'],
    // Midnight comes twice: the first begins the day.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
  ])('in %s, %s', (zone, day, first, last) => {
    expect(iso(fromWallClock({ day, time: '' }, zone, 'from'))).toBe(first)
    expect(iso(fromWallClock({ day, time: '' }, zone, 'to'))).toBe(last)
    expect(isDayEdge(Date.parse(first), zone, 'from')).toBe(true)
    expect(isDayEdge(Date.parse(last), zone, 'to')).toBe(true)
    expect(isDayEdge(Date.parse(last), zone, 'from')).toBe(false)
  })

  it('are where one day ends and the next begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.constantFrom(...zones), (seconds, zone) => {
        const at = seconds * 1000
        expect(startOfDay(at, zone)).toBeLessThanOrEqual(at)
        expect(startOfDay(at, zone, 1)).toBeGreaterThan(at)
        const { day } = toWallClock(at, zone)
        expect(toWallClock(startOfDay(at, zone), zone).day).toBe(day)
        expect(toWallClock(startOfDay(at, zone, 1) - 1, zone).day).toBe(day)
      }),
    )
  })
})

describe('a time of day', () => {
  it('that a clock change leaves out is moved by it', () => {
    const missing = { day: '2026-03-29', time: '02:30' }
    expect(iso(fromWallClock(missing, 'Europe/Berlin', 'from'))).toBe('2026-03-29T01:30:00.000Z')
  })

  it('that comes twice is the first', () => {
    const twice = { day: '2026-10-25', time: '02:30:00' }
    expect(iso(fromWallClock(twice, 'Europe/Berlin', 'from'))).toBe('2026-10-25T00:30:00.000Z')
  })

  it('closes a range with its whole second', () => {
    const shown = { day: '2026-11-22', time: '14:16:40' }
    expect(iso(fromWallClock(shown, 'Europe/Berlin', 'to'))).toBe('2026-11-22T13:16:40.999Z')
  })

  it('is what the inputs hold', () => {
    const at = Date.parse('2026-11-22T13:16:40.500Z')
    expect(toWallClock(at, 'Europe/Berlin')).toEqual({ day: '2026-11-22', time: '14:16:40' })
    expect(toWallClock(undefined, 'UTC')).toEqual(nothing)
  })

  it('reads back, whatever the zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.constantFrom(...zones), (seconds, zone) => {
        const shown = toWallClock(seconds * 1000, zone)
        expect(toWallClock(fromWallClock(shown, zone, 'from'), zone)).toEqual(shown)
      }),
    )
  })
})

it.each(['', '2026-02-30', '2026-13-01', 'yesterday', '2026-1-1'])(
  'has no moment for the day "%s"',
  (day) => {
    expect(fromWallClock({ day, time: '' }, 'Europe/Berlin', 'from')).toBeUndefined()
  },
)
