import { expect, test } from 'vitest'
import { readSpeed, speeds, stepSpeed } from './speeds.ts'

test('steps stay within the list', () => {
  expect(stepSpeed(1, 1)).toBe(1.25)
  expect(stepSpeed(1, -1)).toBe(0.75)
  expect(stepSpeed(0.5, -1)).toBe(0.5)
  expect(stepSpeed(3, 1)).toBe(3)
})

test('every speed reads back from its text, and nothing else does', () => {
  expect(speeds.map((speed) => readSpeed(String(speed)))).toEqual([...speeds])
  expect([undefined, '', '4', '1.1', 'fast', 'NaN'].map(readSpeed)).toEqual(Array(6).fill(undefined))
})
