/** Batches from the real database against the oracle: every matching row once, in order, whatever lies between two batches. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { type OracleRow, oracle, queryArbitrary, rowArbitrary } from '../test-support/engagement-oracle.ts'
import { type Chosen, createEngagementBatches } from './engagement-batches.ts'
import { nodeSqliteDialect } from './engine/sqlite/dialect.ts'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { openStore } from './open-store.ts'
import type { PageShape } from './page-statement.ts'
import type { Tables } from './schema.ts'
import type { Store } from './store.ts'

const tenant = 'Oracle'
const everything = Number.MAX_SAFE_INTEGER
let folder: string
let store: Store
let database: DatabaseSync
let db: Kysely<Tables>
const rows =
  fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 300, maxLength: 300, selector: ({ id }) => id }), {
    numRuns: 1,
    seed: 11,
  })[0] ?? []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  const batch = rows.map((engagement) => ({ engagement, held: [] }))
  await store.writer.write(tenant, batch.slice(0, 200))
  await store.writer.write('Other', batch)
  await store.writer.write(tenant, batch.slice(200))
  database = openDatabase(path.join(folder, 'hindsight.db'))
  db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) })
})
afterAll(async () => {
  database.close()
  await store.close()
  await rm(folder, { recursive: true })
})

const idsOf = (batches: Iterable<readonly string[]>) =>
  [...batches].flat().map((document): string => (JSON.parse(document) as OracleRow).id)

const chosen = (query: EngagementQuery, plan: PageShape['plan']): Chosen | undefined => {
  const key = (sql: string, ...values: (string | number)[]) => database.prepare(sql).get(...values)?.key
  const tenantKey = Number(key('select key from tenant where name = ?', tenant))
  const people = query.user.flatMap((email) => {
    const person = key('select key from person where tenant = ? and email = ?', tenantKey, email)
    return person === undefined ? [] : [Number(person)]
  })
  if (query.user.length > 0 && people.length === 0) return undefined
  const has = (name: 'startAfter' | 'startBefore' | 'endAfter' | 'endBefore') => query[name] !== undefined
  return {
    tenant: tenantKey,
    people,
    lastKey: undefined,
    shape: {
      ...{ sort: query.sort, status: query.status, users: people.length, asOf: false, plan },
      ...{ startAfter: has('startAfter'), startBefore: has('startBefore') },
      ...{ endAfter: has('endAfter'), endBefore: has('endBefore') },
    },
  }
}

it('equal the oracle for any query, whatever the size of a batch', () => {
  const size = fc.constantFrom(1, 2, 7, 50)
  fc.assert(
    fc.property(queryArbitrary, size, fc.constantFrom('walk', 'range'), (plain, most, plan) => {
      const query = { ...plain, limit: everything, offset: 0 }
      const selected = chosen(query, plan)
      const found =
        selected === undefined ? [] : idsOf(createEngagementBatches(database, db, most)(selected, query))
      expect(found).toEqual(oracle(rows, query).ids)
    }),
    { numRuns: 2_000 },
  )
}, 60_000)

it('are the pages of the store put together', async () => {
  await fc.assert(
    fc.asyncProperty(queryArbitrary, fc.constantFrom(undefined, 'now' as const, 0), async (plain, asOf) => {
      const { limit: _limit, offset: _offset, ...query } = { ...plain, asOf }
      const batches = await Array.fromAsync(store.source.batches(tenant, query))
      const there = asOf === 0 ? [] : rows
      expect(idsOf(batches)).toEqual(oracle(there, { ...query, limit: everything, offset: 0 }).ids)
    }),
    { numRuns: 1_000 },
  )
}, 60_000)

it('leave out what is deleted meanwhile and what arrives after the moment, and hold nothing open between two', async () => {
  const small = createEngagementBatches(database, db, 20)
  const query = { ...engagementQuery.defaults, status: 'all' as const }
  const selected = chosen(query, 'walk')
  if (selected === undefined) throw new Error('all match')
  const asOf = { ...selected, shape: { ...selected.shape, asOf: true } }
  const lastKey = Number(database.prepare('select max(key) as key from document').get()?.key)
  const expected = oracle(rows, { ...query, limit: everything, offset: 0 }).ids
  const walk = small({ ...asOf, lastKey }, query)
  const first = idsOf([walk.next().value ?? []])
  await store.writer.write(tenant, [
    { engagement: { id: 'late', startDate: '2026-01-01T00:00:00Z', associateInitiated: false }, held: [] },
  ])
  await store.writer.remove(tenant, expected[25] ?? '', {
    subject: undefined,
    address: 'test',
    atMs: 0,
  } as never)
  // An open reader would keep the log from being emptied.
  const checkpoint = database.prepare('pragma wal_checkpoint(truncate)').get()
  expect(checkpoint).toMatchObject({ busy: 0 })
  expect([...first, ...idsOf(walk)]).toEqual(expected.filter((_, index) => index !== 25))
})

it('have fewer rows where documents are large', async () => {
  const reason = 'x'.repeat(700_000)
  const large = [1, 2, 3].map((n) => ({
    engagement: { id: `${n}`, reason, associateInitiated: false },
    held: [],
  }))
  await store.writer.write('Large', large)
  const sizes = [
    ...(await Array.fromAsync(store.source.batches('Large', { ...engagementQuery.defaults, status: 'all' }))),
  ]
  expect(sizes.map(({ length }) => length)).toEqual([2, 1])
})
