import fc from 'fast-check'
import { expect, it } from 'vitest'
import { narrowestPx, widestPx } from './column-choice.ts'
import { widthAfterKey, withinWidths } from './width-key.ts'

const press = (key: string, shiftKey = false) => ({ key, shiftKey })

it('stays within what can be kept, in whole pixels, and comes back where it did not reach an end', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), fc.boolean(), (measuredPx, shiftKey) => {
      const from = withinWidths(measuredPx)
      const wider = widthAfterKey(from, press('ArrowRight', shiftKey))
      expect(wider).toBe(withinWidths(Number(wider)))
      expect(wider).toBeGreaterThanOrEqual(from)
      if (wider !== widestPx) expect(widthAfterKey(Number(wider), press('ArrowLeft', shiftKey))).toBe(from)
    }),
  )
})

it('goes to the ends, back to the text’s own width, and leaves other keys alone', () => {
  expect(widthAfterKey(200, press('Home'))).toBe(narrowestPx)
  expect(widthAfterKey(200, press('End'))).toBe(widestPx)
  expect(widthAfterKey(200, press('Enter'))).toBe('auto')
  expect(widthAfterKey(200, press('j'))).toBeUndefined()
})
