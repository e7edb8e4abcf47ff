/** Histograms from the real database against plain code over the same rows. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import { type HistogramQuery, histogramQuery } from '../../contract/query/histogram-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { histogramModel } from '../source/start-histogram.ts'
import { type OracleRow, oracle, queryArbitrary, rowArbitrary } from '../test-support/engagement-oracle.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { Store } from './store.ts'

const tenant = 'Oracle'
const hourMs = 3_600_000
const rowsABatch = 100
const zone = fc.constantFrom(
  undefined,
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Pacific/Chatham',
)

/** Starts on three weeks of days, at every hour, half hour and beside, so that the edges of every zone have some before, at and after them. */
const rows: readonly OracleRow[] = (
  fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 400, maxLength: 400, selector: ({ id }) => id }), {
    numRuns: 1,
    seed: 11,
  })[0] ?? []
).map((row, n) => {
  if (row.startDate === undefined) return row
  const moved = (text: string) =>
    formatInstant(Date.parse(text) + (n % 48) * (hourMs / 2) + (n % 21) * 24 * hourMs + ((n % 5) - 2))
  return { ...row, startDate: moved(row.startDate), ...(row.endDate && { endDate: moved(row.endDate) }) }
})

let stores: TestStores
let store: Store
const arrivals: EpochMs[] = []

beforeAll(async () => {
  stores = await createTestStores()
  store = await stores.open()
  for (let at = 0; at < rows.length; at += rowsABatch) {
    const batch = rows.slice(at, at + rowsABatch)
    await store.writer.write(
      tenant,
      batch.map((engagement) => ({ engagement, held: [] })),
    )
    arrivals.push(await store.source.arrivedBy(tenant, 'now'))
  }
  await store.writer.write(
    'Other',
    rows.map((engagement) => ({ engagement, held: [] })),
  )
})
afterAll(async () => {
  await store.close()
  await stores.drop()
})

async function histogram(query: HistogramQuery, of = tenant): Promise<EngagementHistogramV1> {
  return histogramModel(await store.source.histogram(of, query))
}

const total = ({ unknownStart, buckets }: EngagementHistogramV1) =>
  buckets.reduce(
    (sum, { successful, unsuccessful, other }) => sum + successful + unsuccessful + other,
    unknownStart,
  )

const arrived = fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 2 })
// Weeks, days and less as often, and as often the start alone filtered: these are counted in another way.
const buckets = fc.oneof(
  fc.integer({ min: 12, max: 23 }),
  fc.integer({ min: 24, max: 45 }),
  fc.integer({ min: 46, max: 400 }),
)
const query = fc
  .record({
    page: queryArbitrary,
    tz: zone,
    buckets,
    arrived,
    byStart: fc.boolean(),
    open: fc.nat({ max: 5 }),
  })
  .map(({ page, tz, buckets, arrived, byStart, open }) => {
    const { limit: _limit, offset: _offset, sort: _sort, ...filter } = page
    const any = { user: [], endAfter: undefined, endBefore: undefined }
    const opened = {
      ...(open < 3 && { startAfter: undefined }),
      ...(open % 2 === 0 && { startBefore: undefined }),
    }
    return {
      query: { ...filter, ...(byStart && any), ...opened, tz, buckets },
      arrived,
    }
  })

it('equals plain code for any query, bucket by bucket', async () => {
  await fc.assert(
    fc.asyncProperty(query, async ({ query: plain, arrived }) => {
      const asOf = arrived === undefined ? undefined : arrivals[arrived]
      const asked = { ...plain, asOf }
      const answer = await histogram(asked)
      const there = arrived === undefined ? rows : rows.slice(0, (arrived + 1) * rowsABatch)
      const matching = new Set(oracle(there, { ...asked, limit: 1000, offset: 0, sort: 'newest' }).ids)
      const starts = there
        .filter(({ id }) => matching.has(id))
        .map(({ status, startDate }) => ({
          status,
          at: startDate === undefined ? undefined : Date.parse(startDate),
        }))
      const within = answer.buckets.map(({ start, end }) => {
        const own = starts.filter(
          ({ at }) => at !== undefined && at >= Date.parse(start) && at <= Date.parse(end),
        )
        const successful = own.filter(({ status }) => status === 'successful').length
        const unsuccessful = own.filter(({ status }) => status === 'unsuccessful').length
        return { start, end, successful, unsuccessful, other: own.length - successful - unsuccessful }
      })
      expect(answer.buckets).toEqual(within)
      expect(answer.unknownStart).toBe(starts.filter(({ at }) => at === undefined).length)
      expect(total(answer)).toBe(await store.source.count(tenant, asked))
      expect(answer.buckets.length).toBeLessThanOrEqual(asked.buckets)
      answer.buckets.forEach(({ start }, n) => {
        const before = answer.buckets[n - 1]
        if (before) expect(Date.parse(start)).toBe(Date.parse(before.end) + 1)
      })
      // A range that was asked for is covered to its ends, and not beyond.
      const { startAfter, startBefore } = asked
      if (startAfter !== undefined && answer.buckets[0])
        expect(Date.parse(answer.buckets[0].start)).toBe(startAfter)
      if (startBefore !== undefined && answer.buckets[0])
        expect(Date.parse(answer.buckets.at(-1)?.end ?? '')).toBe(startBefore)
    }),
    { numRuns: inject('engine') === 'embedded' ? 1500 : 300 },
  )
}, 60_000)

describe('where nothing matches', () => {
  const defaults = histogramQuery.defaults
  const day = { startAfter: Date.UTC(2026, 0, 5), startBefore: Date.UTC(2026, 0, 6) - 1 }

  it.each([
    ['nobody of the tenant', tenant, { user: ['nobody@x.example'] }],
    ['no such tenant', 'Nowhere', {}],
    ['no end', tenant, { endAfter: Date.UTC(2100, 0) }],
    ['nothing had arrived', tenant, { asOf: 0 }],
  ] as const)('%s: a range has empty buckets, no range has none', async (_, of, change) => {
    expect(await histogram({ ...defaults, ...change }, of)).toMatchObject({ unknownStart: 0, buckets: [] })
    const answer = await histogram({ ...defaults, ...day, ...change }, of)
    expect(answer).toMatchObject({ bucket: 'PT10M', unknownStart: 0 })
    expect(answer.buckets).toHaveLength(144)
    expect(total(answer)).toBe(0)
  })
})

it('is of the shape that is read at the other side, in the contract’s order', async () => {
  const { buckets, ...rest } = await histogram({ ...histogramQuery.defaults, status: 'all' })
  expect(Object.keys(rest)).toEqual(['bucket', 'unknownStart'])
  expect(Object.keys(buckets[0] ?? {})).toEqual(['start', 'end', 'successful', 'unsuccessful', 'other'])
})

it('counts what another process has written since it was asked the same', async () => {
  const asked = {
    ...histogramQuery.defaults,
    startAfter: Date.UTC(2027, 0),
    startBefore: Date.UTC(2027, 1) - 1,
  }
  expect(total(await histogram(asked, 'Other'))).toBe(0)
  const other = await stores.open()
  for (const day of ['05', '06']) {
    const startDate = `2027-01-${day}T10:00:00Z`
    const added = { id: startDate, startDate, status: 'successful', associateInitiated: false }
    await other.writer.write('Other', [{ engagement: added, held: [] }])
    const { buckets } = await histogram(asked, 'Other')
    expect(buckets.find(({ start, end }) => start <= startDate && startDate < end)?.successful).toBe(1)
  }
  await other.close()
})
