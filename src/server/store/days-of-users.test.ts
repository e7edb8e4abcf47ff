/** Counts and histograms of several users over many months, against plain code. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../contract/query/histogram-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { histogramModel } from '../source/start-histogram.ts'
import { type OracleRow, oracle } from '../test-support/engagement-oracle.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'

const tenant = 'Months'
const hour = 3_600_000
/** Around 1970: days before it are counted down. */
const base = Date.UTC(1969, 9, 1)
const users = ['a@x.example', 'b@x.example', 'c@x.example']
const rowsABatch = 250
const batches = 3

const rowArbitrary = fc
  .record({
    start: fc.option(fc.integer({ min: 0, max: 200 * 24 }), { nil: undefined, freq: 15 }),
    status: fc.constantFrom('successful', 'successful', 'unsuccessful', 'parked'),
    took: fc.subarray([...users, 'd@x.example']),
  })
  .map(({ start, status, took }) => ({
    ...(start !== undefined && { startDate: formatInstant(base + start * hour) }),
    status,
    users: took.map((uri) => ({ uri })),
    associateInitiated: false,
  }))

let folder: string
let store: Store
let rows: readonly OracleRow[]
const arrivals: EpochMs[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  rows = fc
    .sample(rowArbitrary, { numRuns: batches * rowsABatch, seed: 3 })
    .map((fields, n): OracleRow => ({ id: `${n}`, ...fields }))
  for (let batch = 0; batch < batches; batch++) {
    const own = rows.slice(batch * rowsABatch, (batch + 1) * rowsABatch)
    await store.writer.write(
      tenant,
      own.map((engagement) => ({ engagement, held: [] })),
    )
    arrivals.push(await store.source.arrivedBy(tenant, 'now'))
  }
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const moment = fc
  .tuple(fc.integer({ min: -5 * 24, max: 205 * 24 }), fc.constantFrom(-1, 0, 0, 1))
  .map(([hours, beside]) => base + hours * hour + beside)
const maybe = fc.option(moment, { nil: undefined, freq: 2 })

it('are of each engagement once, from whichever moment to whichever other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        status: fc.constantFrom('successful', 'unsuccessful', 'all'),
        user: fc.subarray(users, { minLength: 2 }),
        range: fc.tuple(maybe, maybe),
        arrived: fc.option(fc.nat({ max: batches - 1 }), { nil: undefined }),
      }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'),
      fc.integer({ min: 12, max: 400 }),
      async ({ status, user, range: [a, b], arrived }, tz, buckets) => {
        const swapped = a !== undefined && b !== undefined && a > b
        const filter = {
          ...{ status, user, startAfter: swapped ? b : a, startBefore: swapped ? a : b },
          ...{ endAfter: undefined, endBefore: undefined },
          asOf: arrived === undefined ? undefined : arrivals[arrived],
        }
        const there = arrived === undefined ? rows : rows.slice(0, (arrived + 1) * rowsABatch)
        const query = { ...engagementQuery.defaults, ...filter, offset: 0, limit: rows.length }
        const matching = new Set(oracle(there, query).ids)
        expect(await store.source.count(tenant, filter)).toBe(matching.size)
        const counted = await store.source.histogram(tenant, {
          ...histogramQuery.defaults,
          ...filter,
          tz,
          buckets,
        })
        const answer = histogramModel(counted)
        const starts = rows
          .filter(({ id, startDate }) => matching.has(id) && startDate !== undefined)
          .map(({ startDate }) => Date.parse(startDate ?? ''))
        expect(answer.unknownStart).toBe(matching.size - starts.length)
        expect(answer.buckets.map((one) => one.successful + one.unsuccessful + one.other)).toEqual(
          answer.buckets.map(
            ({ start, end }) =>
              starts.filter((at) => at >= Date.parse(start) && at <= Date.parse(end)).length,
          ),
        )
      },
    ),
    { numRuns: 60 },
  )
})

it('are counted anew after a change', async () => {
  const filter = { ...engagementQuery.defaults, user: users, asOf: undefined }
  const before = await store.source.count(tenant, filter)
  const [first] = rows.filter(({ status, users: took = [] }) => status === 'successful' && took.length > 2)
  await store.writer.write(tenant, [{ engagement: { ...first, id: 'one more' } as OracleRow, held: [] }])
  expect(await store.source.count(tenant, filter)).toBe(before + 1)
  await store.writer.remove(tenant, first?.id ?? '', { atMs: 0, subject: undefined, address: '::1' })
  await store.writer.remove(tenant, 'one more', { atMs: 0, subject: undefined, address: '::1' })
  expect(await store.source.count(tenant, filter)).toBe(before - 1)
})
