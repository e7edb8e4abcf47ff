/** Pages far down, which kept counts place: the same as the embedded engine gives, wherever hours, days and ranges end. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EngagementQuery, engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../store.ts'

const hourMs = 3_600_000
const begunMs = Date.UTC(2026, 0, 30, 20)
let stores: readonly TestStores[]
let both: readonly Store[]

beforeAll(async () => {
  stores = [await createTestStores('embedded'), await createTestStores('PostgreSQL')]
  both = await Promise.all(stores.map((one) => one.open()))
  const call = (n: number) => ({
    engagement: {
      id: `call-${n}`,
      // Some hours have many, and some none; those at their first and last moment are among them.
      ...(n % 13 !== 0 && {
        startDate: new Date(
          begunMs + Math.floor(n / 97) * 2 * hourMs + (n % 7) * 700_000 - (n % 2),
        ).toISOString(),
      }),
      // As many last as long as each other, and some longer than all integers of the database.
      ...(n % 11 !== 0 && { duration: n % 3 === 0 ? 60 : n % 3 === 1 ? 3e9 + (n % 90) : (n % 800) / 4 }),
      status: n % 3 === 0 ? 'unsuccessful' : 'successful',
      associateInitiated: false,
    },
    held: [],
  })
  const calls = Array.from({ length: 4000 }, (_, n) => call(n))
  for (const store of both) await store.writer.write('T', calls)
})
afterAll(async () => {
  for (const store of both) await store.close()
  for (const one of stores) await one.drop()
})

const day = Date.UTC(2026, 0, 31)
const ranges = [
  {},
  { startAfter: day, startBefore: day + 72 * hourMs - 1 },
  { startAfter: day + 1_234_567 },
  { startBefore: day + 60 * hourMs + 1_234_567 },
  { startAfter: begunMs - 400 * 24 * hourMs, startBefore: begunMs + 400 * 24 * hourMs },
]
const offsets = [
  999, 1000, 1001, 1313, 1800, 2222, 2500, 2666, 2667, 3000, 3500, 3691, 3692, 3693, 3700, 3999, 4000, 4100,
]

it.each(ranges)('of %o', async (range) => {
  let filled = 0
  for (const sort of ['newest', 'oldest'] as const)
    for (const status of ['all', 'successful'] as const)
      for (const offset of offsets) {
        const query: EngagementQuery = {
          ...engagementQuery.defaults,
          ...range,
          sort,
          status,
          limit: 40,
          offset,
        }
        const [embedded, postgres] = await Promise.all(both.map((store) => store.source.page('T', query)))
        expect({ query, ...postgres }).toEqual({ query, ...embedded })
        if (embedded?.documents.length) filled++
      }
  expect(filled).toBeGreaterThan(20)
})

it('by duration', async () => {
  let filled = 0
  for (const sort of ['longest', 'shortest'] as const)
    for (const status of ['all', 'successful'] as const)
      for (const offset of offsets) {
        const query: EngagementQuery = { ...engagementQuery.defaults, sort, status, limit: 40, offset }
        const [embedded, postgres] = await Promise.all(both.map((store) => store.source.page('T', query)))
        expect({ query, ...postgres }).toEqual({ query, ...embedded })
        if (embedded?.documents.length) filled++
      }
  expect(filled).toBeGreaterThan(20)
})

it('of a moment, whether or not others came in since', async () => {
  const query = { ...engagementQuery.defaults, status: 'all', offset: 2000 } as const
  const pages = () =>
    Promise.all(
      both.map(async (store) => {
        const asOf = await store.source.arrivedBy('T', 'now')
        return { asOf, page: await store.source.page('T', { ...query, asOf }) }
      }),
    )
  const [one, two] = await pages()
  expect(two?.page).toEqual(one?.page)
  const startDate = new Date(begunMs + 50 * hourMs).toISOString()
  const later = { engagement: { id: 'later', startDate, associateInitiated: false }, held: [] }
  for (const [n, store] of both.entries()) {
    await store.writer.write('T', [later])
    const asOf = [one, two][n]?.asOf as number
    expect(await store.source.page('T', { ...query, asOf })).toEqual(one?.page)
  }
})
