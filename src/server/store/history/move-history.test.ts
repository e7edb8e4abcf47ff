/** Moves between two real databases. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countQuery } from '../../../contract/query/engagement-query.ts'
import { oddTenants, writeOddHistory } from '../../test-support/odd-history.ts'
import { createTestDatabase, type TestDatabase } from '../../test-support/postgres/test-database.ts'
import { openPostgresSource, openPostgresTarget } from '../engine/postgres/history.ts'
import { openSqliteSource, openSqliteTarget } from '../engine/sqlite/history.ts'
import { openStore } from '../open-store.ts'
import { HalfMoved } from './half-moved.ts'
import { type HistorySource, type HistoryTarget, MoveRefusal } from './history.ts'
import { MoveDifference, type MovedTenant, moveHistory } from './move-history.ts'
import { plainTables } from './plain-tables.ts'

const { signal } = new AbortController()
const progress = { total() {}, moved() {}, compared() {} }
const ignored = () => {}

let folder: string
let home: string
let away: string
let database: TestDatabase

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  home = path.join(folder, 'home')
  const store = await openStore({ dataDir: home })
  await writeOddHistory(store, home)
  await store.close()
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  away = await mkdtemp(path.join(folder, 'away-'))
})

/** A database for each of a group of tests. */
function withDatabase(): void {
  beforeEach(async () => {
    database = await createTestDatabase()
  })
  afterEach(() => database.drop())
}

async function move(
  openSource: () => Promise<HistorySource>,
  openTarget: () => Promise<HistoryTarget>,
  between: (target: HistoryTarget) => HistoryTarget = (target) => target,
): Promise<readonly MovedTenant[]> {
  const source = await openSource()
  try {
    const target = await openTarget()
    try {
      return await moveHistory(source.reader, between(target), { progress, signal })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
const fromHome = () => openSqliteSource(home)
const toAway = () => openSqliteTarget(away)
const fromPostgres = () => openPostgresSource(database.settings)
const toPostgres = () => openPostgresTarget(database.settings)
const openPostgres = () =>
  openStore({ dataDir: away, database: database.settings, auditFailed: ignored, databaseFailed: ignored })

describe('a move', () => {
  withDatabase()
  it('moves everything there and back, and comes to the same sums', async () => {
    const there = await move(fromHome, toPostgres)
    expect(there.map(({ name }) => name)).toEqual(oddTenants)
    const kinds = ['tenant', 'engagement', ...plainTables]
    const counts = kinds.map((kind) =>
      there.reduce((sum, { sums }) => sum + (sums.get(kind)?.records ?? 0), 0),
    )
    // Nothing of what is to be proven is proven of nothing.
    expect(Object.fromEntries(kinds.map((kind, n) => [kind, counts[n]]))).toMatchObject({
      tenant: 3,
      engagement: expect.any(Number),
      recording: 2,
      removed_file: 2,
      saved_view: 2,
      sync_walk: 2,
      sync_gap: 1,
      account: 3,
      client: 2,
      audit: 18,
    })
    expect(Math.min(...counts)).toBeGreaterThan(0)
    const back = await move(fromPostgres, toAway)
    expect(back).toEqual(there)
    expect(back.every(({ shift }) => shift === 0)).toBe(true)
  })

  it('moves tenants that have the same keys, which are the database’s in the embedded one', async () => {
    const store = await openPostgres()
    const write = (tenant: string, ids: readonly string[]) =>
      store.writer.write(
        tenant,
        ids.map((id) => ({ engagement: { id, status: 'successful', associateInitiated: false }, held: [] })),
      )
    for (const tenant of ['A', 'B', 'C']) await write(tenant, ['x', 'y'])
    const before = await store.source.arrivedBy('B', 'now')
    await write('B', ['z'])
    await store.close()
    const moved = await move(fromPostgres, toAway)
    expect(moved.map(({ name, shift }) => [name, shift])).toEqual([
      ['A', 0],
      ['B', 2],
      ['C', 5],
    ])
    const copy = await openStore({ dataDir: away })
    const filter = { ...countQuery.defaults, asOf: before }
    expect(await copy.source.count('B', filter)).toBe(2)
    await copy.writer.write('A', [{ engagement: { id: 'new', associateInitiated: false }, held: [] }])
    expect(await copy.source.count('B', { ...filter, asOf: undefined })).toBe(3)
    await copy.close()
    const other = await createTestDatabase()
    try {
      const back = await move(
        () => openSqliteSource(away),
        () => openPostgresTarget(other.settings),
      )
      expect(back.map(({ sums }) => sums.get('engagement')?.records)).toEqual([3, 3, 2])
    } finally {
      await other.drop()
    }
  })

  it('ends with a reason when the database goes away, and is done anew', async () => {
    const breaks = (target: HistoryTarget): HistoryTarget => ({
      ...target,
      async addTenant(...given) {
        const superuser = await database.superuser()
        await superuser.query(
          `select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where usename = current_schema() and application_name = 'hindsight move'`,
        )
        await superuser.end()
        return target.addTenant(...given)
      },
    })
    await expect(move(fromHome, toPostgres, breaks)).rejects.toThrow('the database does not answer')
    expect(await move(fromHome, toPostgres)).toHaveLength(3)
  })

  it('knows every table of both engines', async () => {
    const known = [
      ...plainTables,
      // Moved by their own ways.
      ...['tenant', 'engagement', 'document'],
      // Made by the writer of the target.
      ...[
        'person',
        'participant',
        'engagement_key',
        'start_day',
        'start_count',
        'unplaced',
        'duration_part',
        'duration_count',
        'long_id',
        'long_email',
      ],
      // Of the database itself.
      ...['kysely_migration', 'kysely_migration_lock'],
      // A count of the last minutes, which begins anew.
      'sign_in_failure',
    ]
    const embedded = new DatabaseSync(path.join(home, 'hindsight.db'))
    const tables = embedded
      .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
      .all()
      .map(({ name }) => name)
    embedded.close()
    await (await openPostgres()).close()
    const superuser = await database.superuser()
    const { rows } = await superuser.query(`select relname from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = current_schema()::regnamespace`)
    await superuser.end()
    expect(tables.length).toBeGreaterThan(10)
    expect(rows.length).toBeGreaterThan(10)
    expect(
      [...tables, ...rows.map(({ relname }) => relname)].filter((name) => !known.includes(name)),
    ).toEqual([])
  })
})

describe('what is not the same where it was written', () => {
  withDatabase()

  it('is told by its tenant and kind', async () => {
    const statements = [
      `update engagement set doc = replace(doc, 'long b', 'long B') where id = 'long b'`,
      `update engagement_key set key = key + 1000 where id = 'kept'`,
      `update engagement set key = key + 1000 where id = 'kept'`,
      'update arrival set at_ms = at_ms + 1 where at_ms = (select max(at_ms) from arrival)',
      `update account set disabled_ms = null where email like 'gone%'`,
      `delete from client where id = 'revoked'`,
      `update saved_view set revision = 'another' where id = 'two'`,
      `update recording set sha256 = upper(sha256) where engagement_id = 'kept'`,
      `delete from removed_file where recording_id = (select max(recording_id) from removed_file)`,
      'update sync_walk set whole_ms = 6 where whole_ms = 5',
      'update sync_gap set noted_ms = noted_ms + 1',
      `update audit set target = 'c' where target = 'b'`,
      `update tenant set version = version - 1 where name = 'Staffed'`,
    ]
    const found = await move(fromHome, toPostgres, (target) => tampered(target, statements)).catch(
      (error: unknown) => error,
    )
    expect(found).toBeInstanceOf(MoveDifference)
    const lines = String((found as MoveDifference).message).split('\n')
    const told =
      /^(\w+: \w+) is \d+ records, sha256 [0-9a-f]{64} where it was read, and \d+ records, sha256 [0-9a-f]{64} where it was written$/
    expect(lines.map((line) => told.exec(line)?.[1])).toEqual([
      ...['engagement', 'arrival', 'recording', 'removed_file', 'saved_view', 'account', 'audit'].map(
        (kind) => `Premier: ${kind}`,
      ),
      ...['engagement', 'sync_walk', 'sync_gap', 'client'].map((kind) => `Beta: ${kind}`),
      'Staffed: tenant',
    ])
  })

  it('is not served by either engine, and gone with the next move', async () => {
    const dropsOne = (target: HistoryTarget): HistoryTarget => ({
      ...target,
      async addTenant(...given) {
        const into = await target.addTenant(...given)
        return { ...into, addEngagements: (batch) => into.addEngagements(batch.slice(1)) }
      },
    })
    await expect(move(fromHome, toPostgres, dropsOne)).rejects.toThrow(MoveDifference)
    await expect(openPostgres()).rejects.toThrow(HalfMoved)
    await move(fromHome, toPostgres)
    await (await openPostgres()).close()
    await expect(move(fromPostgres, toAway, dropsOne)).rejects.toThrow(MoveDifference)
    await expect(openStore({ dataDir: away })).rejects.toThrow(HalfMoved)
    await expect(move(() => openSqliteSource(away), toPostgres)).rejects.toThrow(HalfMoved)
    await move(fromPostgres, toAway)
    await (await openStore({ dataDir: away })).close()
  })

  /** Once all of it is written. */
  function tampered(target: HistoryTarget, statements: readonly string[]): HistoryTarget {
    return {
      ...target,
      async addTenant(name, keys) {
        const into = await target.addTenant(name, keys)
        return {
          ...into,
          async setVersion(version) {
            await into.setVersion(version)
            if (name !== oddTenants.at(-1)) return
            const superuser = await database.superuser()
            for (const statement of statements)
              expect([statement, (await superuser.query(statement)).rowCount]).toEqual([statement, 1])
            await superuser.end()
          },
        }
      },
    }
  }
})

describe('refused is', () => {
  withDatabase()
  it('a target that holds anything, which is named', async () => {
    await move(fromHome, toPostgres)
    const holds =
      /has to be empty; it holds Premier with \d+ engagements and 2 accounts, Beta with \d+ engagements and 0 accounts, Staffed with 0 engagements and 1 accounts. Nothing was changed$/
    await expect(move(fromHome, toPostgres)).rejects.toThrow(holds)
    await (await openPostgres()).close()
    await expect(move(fromPostgres, fromHomeAsTarget)).rejects.toThrow(holds)
    await (await openStore({ dataDir: home })).close()
  })
  const fromHomeAsTarget = () => openSqliteTarget(home)

  it('a source that is not there', async () => {
    await expect(openSqliteSource(path.join(folder, 'nowhere'))).rejects.toThrow(
      new MoveRefusal(`There is no database in ${path.join(folder, 'nowhere')}`),
    )
  })

  it('a target that a server has open, or another move', async () => {
    const server = await openStore({ dataDir: away })
    await expect(openSqliteTarget(away)).rejects.toThrow('in use by another process, such as a server')
    await server.close()
    const first = await toPostgres()
    await expect(toPostgres()).rejects.toThrow('Another move or restore into the same database is under way')
    await first.close()
  })

  it('to write to what is moved; to read it is not', async () => {
    const reader = await openStore({ dataDir: home })
    const source = await fromHome()
    const other = new DatabaseSync(path.join(home, 'hindsight.db'), { timeout: 0 })
    expect(() => other.exec('begin immediate')).toThrow('database is locked')
    expect(await reader.accounts.list('Staffed')).toHaveLength(1)
    await source.close()
    other.exec('begin immediate; rollback')
    other.close()
    await reader.close()

    await move(fromHome, toPostgres)
    const moving = await fromPostgres()
    const superuser = await database.superuser()
    await superuser.query(`set lock_timeout = '20ms'`)
    for (const write of [
      'update account set disabled_ms = 1',
      `insert into audit (tenant, at_ms, action, address, times) values (1, 1, 'list', '', 1)`,
      'update tenant set version = version',
    ])
      await expect(superuser.query(write)).rejects.toThrow('lock timeout')
    expect((await superuser.query('select count(*) from account')).rows).toEqual([{ count: '3' }])
    await moving.close()
    await superuser.query('update account set disabled_ms = disabled_ms')
    await superuser.end()
  })
})
