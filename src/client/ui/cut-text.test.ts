import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutText } from './cut-text.ts'

it('leaves a text that is short enough, and gives the beginning of one that is not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 20 }), (text, longest) => {
      const cut = cutText(text, longest)
      expect(cut.length).toBeLessThanOrEqual(longest)
      if (text.length <= longest) expect(cut).toBe(text)
      else {
        expect(cut.at(-1)).toBe('…')
        expect(text.startsWith(cut.slice(0, -1))).toBe(true)
        expect(cut.isWellFormed()).toBe(true)
      }
    }),
  )
})

it('cuts a megabyte to a line', () => {
  expect(cutText('x'.repeat(1_000_000))).toHaveLength(320)
})
