import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { engagementQuery } from '../../../contract/query/engagement-query.ts'
import { earliestInstant } from '../../../contract/query/instant.ts'
import { nodeSqliteDialect } from '../engine/sqlite/dialect.ts'
import { openDatabase } from '../engine/sqlite/open-database.ts'
import { openStore } from '../open-store.ts'
import type { Tables } from '../schema.ts'
import type { Store } from '../store.ts'
import { migrate } from './migrate.ts'

let folder: string
let database: DatabaseSync
let store: Store | undefined

/** A database as the version before left it, with two engagements and the file of a removed recording. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  database = openDatabase(path.join(folder, 'hindsight.db'))
  await migrate(new Kysely<Tables>({ dialect: nodeSqliteDialect(database) }), '0007-tenant-versions')
  database.exec(`
    insert into tenant (key, name) values (1, 'T'), (2, 'Other');
    insert into engagement (key, tenant, id, status, doc) values
      (1, 1, '1', 1, '{"id":"1"}'), (2, 2, 'a', 1, '{"id":"a"}'), (3, 1, '2', 1, '{"id":"2"}');
    insert into removed_recording (tenant, id) values (1, 'rec');
  `)
})
afterEach(async () => {
  await store?.close()
  store = undefined
  database.close()
  await rm(folder, { recursive: true })
})

const arrivals = () =>
  database
    .prepare('select at_ms as atMs, last_key as lastKey from arrival where tenant = 1 order by at_ms')
    .all()

it('notes that what is there has always been there, and that it is there now', async () => {
  store = await openStore({ dataDir: folder })
  const [first, second, ...others] = arrivals()
  expect(others).toEqual([])
  expect(first?.atMs).toBeLessThanOrEqual(earliestInstant)
  expect(Math.abs(Date.now() - Number(second?.atMs))).toBeLessThan(10_000)
  const added = { engagement: { id: '3', status: 'successful', associateInitiated: false }, held: [] }
  await store.writer.write('T', [added])
  expect(arrivals().map(({ lastKey }) => lastKey)).toEqual([3, 3, 4])
})

it('keeps what files have yet to be removed', async () => {
  store = await openStore({ dataDir: folder })
  expect(await store.writer.leftFiles()).toEqual([{ tenant: 'T', id: 'rec', sha256: '' }])
})

it('refuses a database of a newer version, and changes nothing in it', async () => {
  await (await openStore({ dataDir: folder })).close()
  database.exec("insert into kysely_migration (name, timestamp) values ('9999-from-tomorrow', '')")
  await expect(openStore({ dataDir: folder })).rejects.toThrow('could not be brought to the present schema')
})

it('undoes all of an upgrade when a part of it fails', async () => {
  database.exec('create table sign_in_failure (key text)')
  await expect(openStore({ dataDir: folder })).rejects.toThrow('could not be brought to the present schema')
  expect(database.prepare("select name from sqlite_schema where name = 'arrival'").all()).toEqual([])
  database.exec('drop table sign_in_failure')
  store = await openStore({ dataDir: folder })
  expect(arrivals()).toHaveLength(2)
})

it('finds everybody’s engagements in the same order, whatever their ids are and whether they have a start', async () => {
  const ids = [
    'B-2',
    'b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e01',
    'b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e00',
    'b6',
    'é',
  ]
  const add = database.prepare(
    'insert into engagement (key, tenant, id, status, start_ms, duration, doc) values (?, 1, ?, 1, ?, 7, ?)',
  )
  database.exec(`insert into person (key, tenant, email) values (1, 1, 'ana@x.example')`)
  for (const [index, id] of ids.entries()) {
    const startDate = index < 3 ? '1970-01-01T00:00:01Z' : undefined
    const users = [{ uri: 'ana@x.example' }]
    const doc = JSON.stringify({ startDate, id, duration: 7, users, status: 'successful' })
    add.run(10 + index, id, startDate === undefined ? null : 1000, doc)
  }
  database.exec(`
    insert into participant (person, engagement, id, status, start_ms, end_ms, duration)
      select 1, key, id, status, start_ms, end_ms, duration from engagement where key >= 10`)
  store = await openStore({ dataDir: folder })
  for (const [sort, expected] of [
    [
      'newest',
      ['b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e01', 'b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e00', 'B-2', 'é', 'b6'],
    ],
    [
      'shortest',
      ['B-2', 'b6', 'b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e00', 'b6e1c1de-0b5b-4c52-a2a4-9a1f6d3c7e01', 'é'],
    ],
  ] as const) {
    const { documents } = await store.source.page('T', {
      ...engagementQuery.defaults,
      user: ['ana@x.example'],
      sort,
    })
    expect(documents.map((document) => JSON.parse(document).id)).toEqual(expected)
  }
  await store.writer.remove('T', 'é', { atMs: 0, subject: undefined, address: '::1' })
  expect(await store.source.count('T', { ...engagementQuery.defaults, user: ['ana@x.example'] })).toBe(4)
})
