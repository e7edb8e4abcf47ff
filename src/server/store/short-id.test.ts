import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortId } from './short-id.ts'

// Ids that go along with each other for a while are what an order can go wrong with.
const uuid = fc.oneof(
  fc.uuid(),
  fc.constantFrom('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
)
const kin = fc
  .tuple(uuid, fc.nat(37), fc.string({ unit: 'binary', maxLength: 3 }), fc.boolean())
  .map(([id, at, other, rest]) => id.slice(0, at) + other + (rest ? id.slice(at + other.length) : ''))
const id = fc.oneof(
  uuid,
  kin,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(..."'-./09:@AF_`afg") }),
)

it('keeps ids apart and in the order of their bytes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(id, id),
        uuid.chain((one) =>
          fc.tuple(
            fc.constant(one),
            fc.nat(40).map((at) => one.slice(0, at)),
          ),
        ),
        uuid.chain((one) =>
          fc
            .tuple(fc.nat(36), fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }))
            .map(([at, b, c]): [string, string] => [one.slice(0, at) + b, one.slice(0, at) + c]),
        ),
      ),
      ([one, other]) => {
        expect(Math.sign(Buffer.compare(shortId(one), shortId(other)))).toBe(
          Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other))),
        )
      },
    ),
    { numRuns: 5000 },
  )
})

it('takes 17 bytes for a UUID, one for a beginning that no UUID has, and never more than four above the id', () => {
  expect(shortId('0f8fad5b-d9cb-469f-a165-70867728950e')).toHaveLength(17)
  expect(shortId('B-000000001')).toHaveLength(12)
  fc.assert(
    fc.property(id, (one) => {
      expect(shortId(one).length).toBeLessThanOrEqual(Buffer.byteLength(one) + 4)
    }),
    { numRuns: 2000 },
  )
})
