/** Deep pages, and pages, counts and histograms by ends, over rows that fill many hours, days and parts, against plain code. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../contract/query/histogram-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { histogramModel } from '../source/start-histogram.ts'
import { type OracleRow, oracle } from '../test-support/engagement-oracle.ts'
import { openStore } from './open-store.ts'
import { longMs } from './start-pieces.ts'
import type { Store } from './store.ts'

const tenant = 'Deep'
const hour = 3_600_000

const base = Date.UTC(2026, 2, 1)
const rowsABatch = 1500
const batches = 4

/** Many of one duration, so that parts are cut inside of it; ids whose order is that of their bytes alone. */
const rowArbitrary = fc
  .record({
    start: fc.option(fc.integer({ min: 0, max: 12 * 24 * 4 }), { nil: undefined, freq: 20 }),
    lasts: fc.oneof(
      { weight: 60, arbitrary: fc.integer({ min: 0, max: 40 }) },
      // Just not long.
      { weight: 12, arbitrary: fc.constant(longMs / (hour / 4)) },
      { weight: 3, arbitrary: fc.integer({ min: -3, max: 0 }) },
      { weight: 1, arbitrary: fc.constant(6 * 24 * 4) },
      { weight: 6, arbitrary: fc.constant(undefined) },
    ),
    duration: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.constantFrom(1, 2, 2.5, 3, 1e12) },
      { weight: 2, arbitrary: fc.constant(undefined) },
    ),
    status: fc.constantFrom('successful', 'successful', 'unsuccessful', 'parked'),
    busy: fc.boolean(),
    sort: fc.constantFrom('a', 'b', '\uffee', '\u{1f600}', 'é'),
  })
  .map(({ start, lasts, duration, status, busy, sort }) => {
    const startMs = start === undefined ? undefined : base + start * (hour / 4)
    const ended = lasts !== undefined && (startMs !== undefined || lasts % 5 === 0)
    return {
      sort,
      fields: {
        ...(startMs !== undefined && { startDate: formatInstant(startMs) }),
        ...(ended && { endDate: formatInstant((startMs ?? base) + lasts * (hour / 4)) }),
        ...(duration !== undefined && { duration }),
        status,
        users: [
          { uri: busy ? 'busy@x.example' : 'other@x.example' },
          ...(duration === 1 ? [{ uri: 'brief@x.example' }] : []),
        ],
        associateInitiated: false,
      },
    }
  })

let folder: string
let store: Store
let rows: readonly OracleRow[]
/** Of those rows, by when they arrived. */
let batchOf: ReadonlyMap<string, number>
const arrivals: EpochMs[] = []

beforeAll(async () => {
  const made = fc.sample(rowArbitrary, { numRuns: batches * rowsABatch + 300, seed: 5 })
  const first = made
    .slice(0, batches * rowsABatch)
    .map(({ sort, fields }, n): OracleRow => ({ id: `${sort}${n}`, ...fields }))
  // Every twentieth row becomes another one, every fiftieth goes.
  const changed = first
    .filter((_, n) => n % 20 === 7)
    .map((row, n) => ({ ...row, ...made.at(-1 - n)?.fields }))
  const removed = new Set(first.filter((_, n) => n % 50 === 3).map(({ id }) => id))
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  const write = (batch: readonly OracleRow[]) =>
    store.writer.write(
      tenant,
      batch.map((engagement) => ({ engagement, held: [] })),
    )
  for (let batch = 0; batch < batches; batch++) {
    await write(first.slice(batch * rowsABatch, (batch + 1) * rowsABatch))
    arrivals.push(await store.source.arrivedBy(tenant, 'now'))
  }
  await write(changed)
  for (const id of removed)
    await store.writer.remove(tenant, id, { atMs: 0, subject: undefined, address: '::1' })
  const now = new Map([...first, ...changed].map((row) => [row.id, row]))
  rows = [...now.values()].filter(({ id }) => !removed.has(id))
  batchOf = new Map(first.map(({ id }, n) => [id, Math.floor(n / rowsABatch)]))
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const moment = fc
  .tuple(fc.integer({ min: -8, max: 13 * 24 * 4 }), fc.constantFrom(-1, 0, 0, 1))
  .map(([quarter, beside]) => base + quarter * (hour / 4) + beside)
const range = fc.oneof(
  { weight: 3, arbitrary: fc.constant([undefined, undefined] as const) },
  { weight: 1, arbitrary: moment.map((at) => [at, undefined] as const) },
  { weight: 1, arbitrary: moment.map((at) => [undefined, at] as const) },
  {
    weight: 1,
    arbitrary: fc.tuple(moment, moment).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  },
)
const filters = fc.record({
  status: fc.constantFrom('successful', 'unsuccessful', 'all'),
  starts: range,
  ends: range,
  // In half of the rows, and in those of one length.
  user: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.subarray(['busy@x.example', 'brief@x.example', 'nobody@x.example'], { minLength: 1 }),
    },
  ),
  arrived: fc.option(fc.nat({ max: batches - 1 }), { nil: undefined }),
})
const toFilter = ({
  status,
  starts,
  ends,
  user,
  arrived,
}: typeof filters extends fc.Arbitrary<infer F> ? F : never) => ({
  ...engagementQuery.defaults,
  status,
  user,
  startAfter: starts[0],
  startBefore: starts[1],
  endAfter: ends[0],
  endBefore: ends[1],
  asOf: arrived === undefined ? undefined : arrivals[arrived],
})
/** All that match, in order. */
const expected = (query: EngagementQuery, arrived: number | undefined): readonly string[] => {
  const there = arrived === undefined ? rows : rows.filter(({ id }) => (batchOf.get(id) ?? 0) <= arrived)
  return oracle(there, { ...query, offset: 0, limit: there.length }).ids
}
const pageOf = async (query: EngagementQuery) => {
  const { documents, hasMore } = await store.source.page(tenant, query)
  return { ids: documents.map((document) => JSON.parse(document).id), hasMore }
}

it('are the rows of the whole list, wherever they begin', async () => {
  const sort = fc.constantFrom('newest', 'oldest', 'shortest', 'longest')
  // Anywhere, and at the numbers at which parts are cut.
  const offset = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(1024, 2048, 3072, 1))
  await fc.assert(
    fc.asyncProperty(
      filters,
      sort,
      fc.array(fc.tuple(offset, fc.integer({ min: -1, max: 1 })), { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 1, max: 60 }),
      async (given, sort, places, limit) => {
        const query = { ...toFilter(given), sort, limit }
        const all = expected(query, given.arrived)
        for (const [place, beside] of places) {
          const at = place <= 1 ? Math.floor(place * all.length) : place
          const offset = Math.max(0, at + beside)
          expect(await pageOf({ ...query, offset })).toEqual({
            ids: all.slice(offset, offset + limit),
            hasMore: all.length > offset + limit,
          })
        }
      },
    ),
    { numRuns: 100 },
  )
}, 60_000)

it('by duration are of the users asked for, whether they are walked, sorted, or walked in vain', async () => {
  const asked = fc.record({
    user: fc.subarray(['busy@x.example', 'brief@x.example', 'nobody@x.example'], { minLength: 1 }),
    sort: fc.constantFrom('shortest', 'longest'),
    offset: fc.nat(25),
    limit: fc.integer({ min: 1, max: 15 }),
  })
  await fc.assert(
    fc.asyncProperty(filters, asked, async (given, { offset, limit, ...rest }) => {
      const query = { ...toFilter(given), ...rest, limit }
      const all = expected(query, given.arrived)
      expect((await pageOf({ ...query, offset })).ids).toEqual(all.slice(offset, offset + limit))
    }),
    { numRuns: 150 },
  )
})

it('hold together at every edge of an hour and of a part', async () => {
  for (const status of ['unsuccessful', 'all'] as const) {
    for (const sort of ['newest', 'oldest', 'shortest', 'longest'] as const) {
      const query = { ...engagementQuery.defaults, status, sort, limit: 97 }
      const all = expected(query, undefined)
      for (let offset = 1000; offset < all.length + 97; offset += 97)
        expect((await pageOf({ ...query, offset })).ids).toEqual(all.slice(offset, offset + 97))
    }
  }
})

it('are as many as counts and histograms say', async () => {
  const buckets = fc.integer({ min: 2, max: 400 })
  await fc.assert(
    fc.asyncProperty(filters, buckets, fc.constantFrom('UTC', 'Asia/Kolkata'), async (given, buckets, tz) => {
      const { limit: _limit, offset: _offset, sort: _sort, ...filter } = toFilter(given)
      const all = expected(toFilter(given), given.arrived)
      expect(await store.source.count(tenant, filter)).toBe(all.length)
      const counted = await store.source.histogram(tenant, {
        ...histogramQuery.defaults,
        ...filter,
        buckets,
        tz,
      })
      const answer = histogramModel(counted)
      const matching = new Set(all)
      const starts = rows
        .filter(({ id, startDate }) => matching.has(id) && startDate !== undefined)
        .map(({ startDate }) => Date.parse(startDate ?? ''))
      for (const { start, end, successful, unsuccessful, other } of answer.buckets) {
        const [from, to] = [Date.parse(start), Date.parse(end)]
        const own = starts.filter((at) => at >= from && at <= to)
        expect(successful + unsuccessful + other).toBe(own.length)
      }
      expect(answer.unknownStart).toBe(all.length - starts.length)
    }),
    { numRuns: 60 },
  )
}, 60_000)

it('leave what is kept equal to the rows, and so does making it anew', async () => {
  const { signal } = new AbortController()
  expect(await store.check.findings(signal)).toEqual([])
  await store.check.repair([{ text: 'as if', repair: 'rollups' }], signal)
  expect(await store.check.findings(signal)).toEqual([])
})
