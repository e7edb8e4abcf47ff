import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { type ListPage, mostPages, type Nearest, recordedBeside, recordedBeyond } from './nearest-recorded.ts'

/** A list by which of its engagements have recordings; each is called by its place. */
function listOf(recorded: readonly boolean[]): readonly EngagementV1[] {
  return recorded.map((has, place) => ({
    id: String(place),
    associateInitiated: false,
    recordings: has ? [{ uri: '/r' }] : place % 2 === 0 ? [] : undefined,
  }))
}

function pageOf(list: readonly EngagementV1[], offset: number, limit: number): ListPage {
  return { engagements: list.slice(offset, offset + limit), hasMore: offset + limit < list.length }
}

const list = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 })

describe('the way to the next and to the previous', () => {
  it.each(['next', 'previous'] as const)('%s is the nearest of the whole list', async (direction) => {
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.nat(),
        fc.integer({ min: 3, max: 10 }),
        fc.nat(),
        async (has, a, limit, b) => {
          const all = listOf(has)
          const place = a % all.length
          // Pages need not begin at a multiple of their length: an address may say any offset.
          const offset = Math.max(0, place - (b % limit))
          const page = pageOf(all, offset, limit)
          const beside = recordedBeside(direction, page.engagements, String(place))
          const asked: number[] = []
          const found: Nearest =
            beside !== undefined
              ? { kind: 'found', id: beside, offset }
              : await recordedBeyond(direction, { offset, limit, page }, async (at) => {
                  asked.push(at)
                  return pageOf(all, at, limit)
                })
          const places = has.flatMap((recorded, index) => (recorded ? [index] : []))
          const expected =
            direction === 'next'
              ? places.find((index) => index > place)
              : places.findLast((index) => index < place)
          if (expected === undefined) expect(found).toEqual({ kind: 'end' })
          else {
            expect(found).toMatchObject({ kind: 'found', id: String(expected) })
            const at = found.kind === 'found' ? found.offset : -1
            expect(pageOf(all, at, limit).engagements.map(({ id }) => id)).toContain(String(expected))
          }
          expect(new Set(asked).size).toBe(asked.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})

it('steps over one of this page that new rows moved onto the next', async () => {
  const page = { engagements: listOf([true, true]), hasMore: true }
  const shifted = [...listOf([false, true]).slice(1), { ...listOf([true])[0], id: 'new' }] as EngagementV1[]
  const found = await recordedBeyond('next', { offset: 0, limit: 2, page }, async () => ({
    engagements: shifted,
    hasMore: false,
  }))
  expect(found).toEqual({ kind: 'found', id: 'new', offset: 2 })
})

it.each([
  ['next', 1000],
  ['previous', 100_000],
] as const)(
  '%s gives up after some pages, and says how many rows it looked through',
  async (direction, offset) => {
    let asked = 0
    const found = await recordedBeyond(
      direction,
      { offset, limit: 10, page: { engagements: [], hasMore: true } },
      async () => {
        asked += 1
        return { engagements: listOf(Array(10).fill(false)), hasMore: true }
      },
    )
    expect(found).toEqual({ kind: 'far', rows: 10 * mostPages })
    expect(asked).toBe(mostPages)
  },
)

it('passes over an engagement without an id, which no address can open', () => {
  const nameless = { associateInitiated: false, recordings: [{ uri: '/r' }] }
  const [first, , last] = listOf([true, true, true])
  expect(recordedBeside('next', [first, nameless, last] as EngagementV1[], '0')).toBe('2')
})

it('lets what went wrong on the way through', async () => {
  const broken = recordedBeyond(
    'next',
    { offset: 0, limit: 2, page: { engagements: [], hasMore: true } },
    () => Promise.reject(new Error('The server cannot be reached.')),
  )
  await expect(broken).rejects.toThrow('The server cannot be reached.')
})
