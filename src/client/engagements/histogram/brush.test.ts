import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Brush, brushed, brushKey, bucketAt } from './brush.ts'

const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']

function press(count: number, presses: readonly (readonly [string, boolean])[]): Brush | undefined {
  return presses.reduce<Brush | undefined>((brush, [key, shiftKey]) => {
    const effect = brushKey(brush, { key, shiftKey }, count)
    return effect.kind === 'choose' ? effect.brush : brush
  }, undefined)
}

it('stays among the buckets, whatever is pressed', () => {
  const presses = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { minLength: 1 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), presses, (count, presses) => {
      const brush = press(count, presses)
      const { first, last } = brushed(brush ?? { anchor: -1, head: -1 })
      expect(first).toBeGreaterThanOrEqual(0)
      expect(last).toBeLessThan(count)
      if (presses.every(([, shift]) => !shift)) expect(first).toBe(last)
    }),
  )
})

it.each([
  [[['ArrowRight', false]], 0, 0],
  [[['ArrowLeft', false]], 19, 19],
  [
    [
      ['ArrowRight', false],
      ['ArrowRight', false],
      ['ArrowRight', true],
      ['ArrowRight', true],
    ],
    1,
    3,
  ],
  [
    [
      ['End', false],
      ['ArrowLeft', true],
    ],
    18,
    19,
  ],
  [
    [
      ['Home', false],
      ['End', true],
      ['PageUp', true],
    ],
    0,
    9,
  ],
  [
    [
      ['Home', false],
      ['ArrowRight', true],
      ['ArrowRight', false],
    ],
    2,
    2,
  ],
] as const)('%j chooses %i to %i of 20', (presses, first, last) => {
  expect(brushed(press(20, presses) ?? { anchor: -1, head: -1 })).toEqual({ first, last })
})

describe('where nothing is chosen', () => {
  it.each(['Enter', 'Escape', 'a', 'ArrowUp', 'Tab'])('%s keeps its meaning', (key) => {
    expect(brushKey(undefined, { key, shiftKey: false }, 20)).toEqual({ kind: 'none' })
  })
})

it('applies with Enter and lets go with Escape', () => {
  const brush = { anchor: 1, head: 3 }
  expect(brushKey(brush, { key: 'Enter', shiftKey: false }, 20)).toEqual({ kind: 'apply' })
  expect(brushKey(brush, { key: 'Escape', shiftKey: false }, 20)).toEqual({ kind: 'cancel' })
})

it.each([
  [0, 0],
  [49.9, 0],
  [50, 1],
  [-5, 0],
  [5000, 9],
])('finds the bucket at %d of 500 pixels: %i of 10', (x, bucket) => {
  expect(bucketAt(x, 500, 10)).toBe(bucket)
})
