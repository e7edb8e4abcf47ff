import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeText, unescapeText } from './text-escape.ts'

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u0000', '\u0001', '\u0002', 'a'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 6,
})
const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

it('comes back as it was, without the character that is not taken', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(escapeText(given)).not.toContain('\u0000')
      expect(unescapeText(escapeText(given))).toBe(given)
    }),
  )
})

it('keeps the order of bytes, and beginnings', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(order(escapeText(a), escapeText(b))).toBe(order(a, b))
      expect(escapeText(a + b)).toBe(escapeText(a) + escapeText(b))
    }),
  )
})
