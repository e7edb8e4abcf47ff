import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correct, farOffSeconds } from './drift.ts'

test('what is behind goes faster, what is ahead slower, what is right as it is', () => {
  expect(correct(0.03, 1, 0.1)).toEqual({ kind: 'rate', rate: expect.closeTo(1.1) })
  expect(correct(-0.03, 1, 0.1)).toEqual({ kind: 'rate', rate: expect.closeTo(0.9) })
  expect(correct(0.003, 1.5, 0.1)).toEqual({ kind: 'rate', rate: 1.5 })
})

test('what is far off is moved', () => {
  expect(correct(2, 1, 0.1)).toEqual({ kind: 'jump' })
  expect(correct(-2, 3, 0.1)).toEqual({ kind: 'jump' })
})

test('no correction goes past the clock before the next look, however late that is', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -farOffSeconds, max: farOffSeconds, noNaN: true }),
      fc.constantFrom(0.5, 1, 2, 3),
      fc.double({ min: 0.05, max: 2, noNaN: true }),
      (behindSeconds, speed, lookEverySeconds) => {
        const correction = correct(behindSeconds, speed, lookEverySeconds)
        if (correction.kind === 'jump') return
        const caughtUp = (correction.rate - speed) * lookEverySeconds
        expect(Math.abs(caughtUp)).toBeLessThanOrEqual(Math.abs(behindSeconds) + 1e-9)
        expect(Math.sign(caughtUp) * Math.sign(behindSeconds)).toBeGreaterThanOrEqual(0)
        expect(correction.rate).toBeGreaterThan(0)
      },
    ),
  )
})
