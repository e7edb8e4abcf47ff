import fc from 'fast-check'
import { expect, it } from 'vitest'
import { earliestInstant, formatInstant, latestInstant } from '../../contract/query/instant.ts'
import { edgeText } from './edge-text.ts'

it('writes any moment as the contract does', () => {
  const moment = fc.oneof(
    fc.integer({ min: earliestInstant, max: latestInstant }),
    // Close together, so that a day and a time are met again.
    fc.integer({ min: -200, max: 200 }).map((hours) => hours * 3_600_000),
    fc.integer({ min: -200, max: 200 }).map((hours) => hours * 3_600_000 - 1),
  )
  fc.assert(
    fc.property(moment, (at) => {
      expect(edgeText(at)).toBe(formatInstant(at))
    }),
    { numRuns: 5_000 },
  )
})
