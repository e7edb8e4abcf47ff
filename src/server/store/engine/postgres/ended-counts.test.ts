/** Counts, histograms and pages of filtered ends, which kept counts answer: as the embedded engine gives them. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  countQuery,
  type EngagementQuery,
  engagementQuery,
} from '../../../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../../../contract/query/histogram-query.ts'
import { createRandom } from '../../../demo/random.ts'
import type { StartHistogram } from '../../../source/start-histogram.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../store.ts'

const hourMs = 3_600_000
const begunMs = Date.UTC(2026, 0, 30, 20)
const hours = 6 * 24
let stores: readonly TestStores[]
let both: readonly Store[]
/** Each store's own. */
const moments = new Map<Store, number[]>()

const instant = (ms: number) => new Date(ms).toISOString()
const random = createRandom(7)
/** Most end soon, a few after days, some before they began, and some never. Moments of days and hours are among them. */
const call = (n: number) => {
  const at = begunMs + random.between(0, hours) * hourMs
  const start = random.between(0, 3) === 0 ? at : at + random.between(-hourMs, hourMs)
  // Days on which all are short, and others.
  const longest = at < begunMs + 48 * hourMs ? 50 * hourMs : 2 * hourMs
  const lasted = random.pick([60_000, 60_000, hourMs, hourMs, longest, -90_000])
  return {
    engagement: {
      id: `call-${n}`,
      ...(n % 29 !== 0 && { startDate: instant(start) }),
      ...(n % 5 !== 0 && {
        endDate: instant(start + (random.chance(0.5) ? lasted : Math.round(random.next() * lasted))),
      }),
      status: ['successful', 'unsuccessful', 'other'][n % 3] ?? 'other',
      users: [{ uri: `${n % 7}@x.example` }],
      associateInitiated: false,
    },
    held: [],
  }
}

beforeAll(async () => {
  stores = [await createTestStores('embedded'), await createTestStores('PostgreSQL')]
  both = await Promise.all(stores.map((one) => one.open()))
  const calls = Array.from({ length: 2000 }, (_, n) => call(n))
  const later = Array.from({ length: 5200 }, (_, n) => call(2000 + n))
  const changed = { ...call(1), engagement: { ...call(1).engagement, id: 'call-7141' } }
  for (const store of both) moments.set(store, [])
  const again = calls.slice(0, 200).map(({ engagement }, n) => ({
    engagement: { ...call(n).engagement, id: engagement.id },
    held: [],
  }))
  for (const store of both) {
    await store.writer.write('T', calls)
    await store.writer.write('T', again)
    for (const n of [300, 301, 302, 319])
      await store.writer.remove('T', `call-${n}`, { atMs: 0, subject: undefined, address: '::1' })
    // A moment after which many came in, and one after which a few did, of which one was changed and one removed.
    for (const [from, until] of [
      [2000, 7140],
      [7140, 7200],
    ] as const) {
      moments.get(store)?.push(await store.source.arrivedBy('T', 'now'))
      await store.writer.write('T', later.slice(from - 2000, until - 2000))
    }
    await store.writer.write('T', [changed])
    await store.writer.remove('T', 'call-7142', { atMs: 0, subject: undefined, address: '::1' })
  }
})
afterAll(async () => {
  for (const store of both) await store.close()
  for (const one of stores) await one.drop()
})

const moment = fc
  .integer({ min: -60, max: hours + 60 })
  .chain((hour) =>
    fc
      .oneof(fc.constantFrom(0, -1, 1), fc.integer({ min: -hourMs, max: hourMs }))
      .map((ms) => begunMs + hour * hourMs + ms),
  )
const bound = fc.option(moment, { nil: undefined })
const filter = fc
  .record({
    status: fc.constantFrom('all' as const, 'successful' as const, 'unsuccessful' as const),
    startAfter: fc.option(moment, { nil: undefined, freq: 1 }),
    startBefore: fc.option(moment, { nil: undefined, freq: 1 }),
    endAfter: bound,
    endBefore: bound,
    user: fc.constantFrom([], [], ['3@x.example'], ['2@x.example', '5@x.example']),
  })
  .map(({ user, status, ...bounds }) => ({
    ...Object.fromEntries(Object.entries(bounds).filter(([, of]) => of !== undefined)),
    user,
    status,
  }))

async function answersOf(
  { source }: Store,
  asked: Partial<EngagementQuery>,
  sort: EngagementQuery['sort'],
  buckets: number,
) {
  const histogram = { ...histogramQuery.defaults, ...asked, buckets, tz: 'Europe/Berlin' }
  return {
    count: await source.count('T', { ...countQuery.defaults, ...asked }),
    histogram: told(await source.histogram('T', histogram)),
    page: await source.page('T', { ...engagementQuery.defaults, ...asked, sort, limit: 7, offset: 3 }),
  }
}

/** What is not there of a bucket is none. */
function told({ bounds, successful, unsuccessful, other, ...rest }: StartHistogram) {
  const counts = [successful, unsuccessful, other].map((of) => bounds.slice(1).map((_, n) => of[n] ?? 0))
  return { ...rest, bounds, counts }
}

it.each(['the present', 'a moment before few', 'a moment before many'])(
  'of random ranges, of %s',
  { timeout: 60_000 },
  async (which) => {
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.constantFrom('newest' as const, 'oldest' as const, 'longest' as const),
        fc.constantFrom(12, 40, 400),
        async (asked, sort, buckets) => {
          const [embedded, postgres] = await Promise.all(
            both.map(async (store) => {
              const [many, few] = moments.get(store) ?? []
              const asOf = which === 'the present' ? undefined : which === 'a moment before few' ? few : many
              const of = { ...asked, ...(asOf !== undefined && { asOf }) }
              return answersOf(store, of, sort, buckets)
            }),
          )
          expect(postgres).toEqual(embedded)
        },
      ),
      { numRuns: 100 },
    )
  },
)
