import { expect, test } from 'vitest'
import { noMarks, setMark } from './marks.ts'

test('A and B are set one after the other, in either order', () => {
  expect(setMark(setMark(noMarks, 'a', 3), 'b', 9)).toEqual({ a: 3, b: 9 })
  expect(setMark(setMark(noMarks, 'b', 9), 'a', 3)).toEqual({ a: 3, b: 9 })
  expect(setMark({ a: 3, b: 9 }, 'a', 5)).toEqual({ a: 5, b: 9 })
})

test('a mark beyond the other, or as good as on it, begins anew', () => {
  expect(setMark({ a: 3, b: 9 }, 'a', 12)).toEqual({ a: 12, b: undefined })
  expect(setMark({ a: 3, b: 9 }, 'b', 3.5)).toEqual({ a: undefined, b: 3.5 })
})
