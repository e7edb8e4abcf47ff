import { expect, it } from 'vitest'
import { pollDelayMs } from './poll-delay.ts'

it('waits longer after every answer, and never longer than two minutes', () => {
  const delays = Array.from({ length: 40 }, (_, answers) => pollDelayMs(answers))
  expect(delays[0]).toBe(10_000)
  expect(delays.slice(0, 7)).toEqual(delays.slice(0, 7).toSorted((a, b) => a - b))
  expect(new Set(delays.slice(0, 7)).size).toBe(7)
  expect(new Set(delays.slice(7))).toEqual(new Set([120_000]))
})
