import { expect, test } from 'vitest'
import { spokenPosition, spokenTime } from './spoken-time.ts'

test.each([
  [0, '0 seconds'],
  [0.9, '0 seconds'],
  [1, '1 second'],
  [60, '1 minute'],
  [63, '1 minute 3 seconds'],
  [432.7, '7 minutes 12 seconds'],
  [3600, '1 hour'],
  [3661, '1 hour 1 minute 1 second'],
  [7325, '2 hours 2 minutes 5 seconds'],
  [-1, '0 seconds'],
])('%d seconds is said as "%s"', (seconds, words) => {
  expect(spokenTime(seconds)).toBe(words)
})

test('a position is said with the length, and says when that is unknown', () => {
  expect(spokenPosition(63, 432)).toBe('1 minute 3 seconds of 7 minutes 12 seconds')
  expect(spokenPosition(63, undefined)).toBe('1 minute 3 seconds, length unknown')
})
