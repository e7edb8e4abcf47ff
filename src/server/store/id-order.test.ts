import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareIds } from './id-order.ts'

it('orders ids as their bytes are', () => {
  const id = fc.string({
    unit: fc.constantFrom('a', 'é', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'),
    maxLength: 3,
  })
  fc.assert(
    fc.property(id, id, (a, b) => {
      expect(Math.sign(compareIds(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
})
