import fc from 'fast-check'
import { expect, it } from 'vitest'
import { earliestInstant, latestInstant } from '../../../contract/query/instant.ts'
import { boundText, isWithin } from './asked-bounds.ts'

const none = { startAfter: undefined, startBefore: undefined, endAfter: undefined, endBefore: undefined }

it.each([
  ['startAfter', '2026-01-01T10:00:00.001Z', '2026-01-01T10:00:00'],
  ['endAfter', '2026-01-01T10:00:00Z', '2026-01-01T10:00:00'],
  ['startBefore', '2026-01-01T10:00:00Z', '2026-01-01T10:00:00'],
  ['endBefore', '2026-01-01T23:59:59.999Z', '2026-01-02T00:00:00'],
  ['startBefore', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59'],
] as const)('asks for %s=%s as %s', (name, at, text) => {
  expect(boundText(name, Date.parse(at))).toBe(text)
})

it('asks for no less than was asked for, and lets through no more', () => {
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 1) + 5000 })
  fc.assert(
    fc.property(moment, moment, fc.constantFrom('startAfter', 'startBefore'), (at, bound, name) => {
      const asked = Date.parse(`${boundText(name, bound)}Z`)
      const wanted = name === 'startAfter' ? at >= bound : at <= bound
      const given = name === 'startAfter' ? at >= asked : at <= asked
      const row = { startDate: new Date(at).toISOString() }
      expect(given && isWithin(row, { ...none, [name]: bound })).toBe(wanted)
    }),
  )
})

it('writes any bound as the reference has dates', () => {
  fc.assert(
    fc.property(fc.integer({ min: earliestInstant, max: latestInstant }), (at) => {
      for (const name of ['startAfter', 'endBefore'] as const)
        expect(boundText(name, at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    }),
  )
})

it('lets rows pass that have no date', () => {
  expect(isWithin({}, { ...none, startAfter: 5, endBefore: 5 })).toBe(true)
})
