/** Counts, histograms and pages of filtered ends, which kept counts answer: as the embedded engine gives them. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countQuery, engagementQuery } from '../../../../contract/query/engagement-query.ts'
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
  const again = calls.slice(0, 200).map(({ engagement }, n) => ({
    engagement: { ...call(n).engagement, id: engagement.id },
    held: [],
  }))
  for (const store of both) {
    await store.writer.write('T', calls)
    await store.writer.write('T', again)
    for (const n of [300, 301, 302, 319])
      await store.writer.remove('T', `call-${n}`, { atMs: 0, subject: undefined, address: '::1' })
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

/** What is not there of a bucket is none. */
function told({ bounds, successful, unsuccessful, other, ...rest }: StartHistogram) {
  const counts = [successful, unsuccessful, other].map((of) => bounds.slice(1).map((_, n) => of[n] ?? 0))
  return { ...rest, bounds, counts }
}

it('of random ranges', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      filter,
      fc.constantFrom('newest' as const, 'oldest' as const, 'longest' as const),
      fc.constantFrom(12, 40, 400),
      async (asked, sort, buckets) => {
        const [embedded, postgres] = await Promise.all(
          both.map(async ({ source }) => ({
            count: await source.count('T', { ...countQuery.defaults, ...asked }),
            histogram: told(
              await source.histogram('T', {
                ...histogramQuery.defaults,
                ...asked,
                buckets,
                tz: 'Europe/Berlin',
              }),
            ),
            page: await source.page('T', {
              ...engagementQuery.defaults,
              ...asked,
              sort,
              limit: 7,
              offset: 3,
            }),
          })),
        )
        expect(postgres).toEqual(embedded)
      },
    ),
    { numRuns: 300 },
  )
})
