import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { zonedTime } from './zoned-time.ts'

it.each([
  ['2026-11-22T13:16:40Z', 'Europe/Berlin', '2026-11-22T14:16:40+01:00'],
  ['2026-07-22T13:16:40.250Z', 'Europe/Berlin', '2026-07-22T15:16:40.250+02:00'],
  ['2026-10-25T00:59:59Z', 'Europe/Berlin', '2026-10-25T02:59:59+02:00'],
  ['2026-10-25T01:00:00Z', 'Europe/Berlin', '2026-10-25T02:00:00+01:00'],
  ['2026-01-01T00:00:00Z', 'America/St_Johns', '2025-12-31T20:30:00-03:30'],
  ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45:00+05:45'],
  ['2026-01-01T00:00:00Z', 'UTC', '2026-01-01T00:00:00+00:00'],
])('%s in %s is %s', (utc, zone, text) => {
  expect(zonedTime(zone)(Date.parse(utc))).toBe(text)
})

it('is the same moment in any zone', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Africa/Monrovia',
    'Pacific/Apia',
  ]
  const times = zones.map(zonedTime)
  const moment = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) })
  fc.assert(
    fc.property(fc.constantFrom(...times), moment, (time, at) => {
      expect(Date.parse(time(at))).toBe(at)
    }),
  )
})

it('asks the platform no more for a zone that is written otherwise', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  try {
    const names = ['Antarctica/Vostok', 'antarctica/vostok', 'ANTARCTICA/VOSTOK']
    expect(new Set(names.map((name) => zonedTime(name)(0))).size).toBe(1)
    // What tells offsets is kept for as long as the process lives.
    const kept = made.mock.calls.filter(([, options]) => options?.timeZoneName !== undefined)
    expect(kept.length).toBeLessThanOrEqual(1)
  } finally {
    made.mockRestore()
  }
})
