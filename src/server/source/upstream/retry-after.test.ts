import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 0, 1)

it.each([
  ['0', 0],
  ['7', 7000],
  [' 120 ', 120_000],
  ['9999999999', 3600_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
  ['Thu Jan  1 00:00:30 2026', 30_000],
  ['Thu, 01 Jan 2026 09:00:00 GMT', 3600_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
])('waits for %j as long as it says, an hour at most', (value, waitMs) => {
  expect(parseRetryAfter(value, now)).toBe(waitMs)
})

it.each([
  [undefined],
  [''],
  ['soon'],
  ['-5'],
  ['1.5'],
  ['1 Jan 2026'],
  ['Thu, someday'],
  ['1e3'],
  ['99999999999'],
])('does not take %j for a time', (value) => {
  expect(parseRetryAfter(value, now)).toBeUndefined()
})

it('never waits longer than an hour, whatever is written', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.date().map(String)), (value) => {
      const waitMs = parseRetryAfter(value, now) ?? 0
      expect(waitMs >= 0 && waitMs <= 3600_000).toBe(true)
    }),
  )
})
