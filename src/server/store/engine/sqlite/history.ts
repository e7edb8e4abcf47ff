/** The embedded database as what a history is moved from, or into. */
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Kysely } from 'kysely'
import { createArrivals } from '../../arrivals.ts'
import type { KeptEngagement } from '../../engagement-writer.ts'
import { isHalfMoved, markHalfMoved, markWhole, requireWhole } from '../../history/half-moved.ts'
import {
  type HistoryReader,
  type HistorySource,
  type HistoryTarget,
  MoveRefusal,
  requireEmpty,
  type TenantTarget,
} from '../../history/history.ts'
import { incoming } from '../../history/incoming.ts'
import { orderOf, plainRow } from '../../history/plain-tables.ts'
import { migrate } from '../../migrations/migrate.ts'
import type { Tables } from '../../schema.ts'
import { tenantKey } from '../../tenant-key.ts'
import { createTenantVersions } from '../../tenant-versions.ts'
import { createEngagementWriter } from '../../write-engagements.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { openDatabase } from './open-database.ts'
import { sqliteFileLock } from './sqlite-file-lock.ts'

const rowsAtOnce = 500
/** In characters: documents may be of any size, and a batch of large ones has fewer. */
const mostText = 1024 * 1024
/** A process that ends gives the database free at once; a server keeps it. */
const waitAloneMs = 500

/** @throws MoveRefusal where there is no database, others write, or it is half moved itself */
export async function openSqliteSource(dataDir: string): Promise<HistorySource> {
  const file = path.join(dataDir, 'hindsight.db')
  if (!(await isThere(file))) throw new MoveRefusal(`There is no database in ${dataDir}`)
  const { database, db } = open(file)
  try {
    await migrate(db)
    await requireWhole(db, 'sqlite')
    // Others read on, and whoever wants to write is told that it cannot be.
    unlessBusy(() => database.exec('begin immediate'), `${file} is written by another process`)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    reader: readSqliteHistory(database),
    async close() {
      if (database.isTransaction) database.exec('rollback')
      database.close()
    },
  }
}

/** Takes away what a move that broke off has left. @throws MoveRefusal where another process has the database open */
export async function openSqliteTarget(dataDir: string): Promise<HistoryTarget> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'hindsight.db')
  let { database, db } = await openAlone(file)
  try {
    if (await isHalfMoved(db, 'sqlite')) {
      database.close()
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
      ;({ database, db } = await openAlone(file))
    }
    await migrate(db)
  } catch (error) {
    if (database.isOpen) database.close()
    throw error
  }
  const reader = readSqliteHistory(database)
  const versions = createTenantVersions(database, db)
  const writer = createEngagementWriter(
    database,
    db,
    versions,
    createArrivals(database, db),
    sqliteFileLock(dataDir),
  )

  const shiftFor = async (keys: () => AsyncIterable<readonly number[]>): Promise<number> => {
    const last = database.prepare('select max(key) as key from document').get()?.key ?? null
    if (last === null) return 0
    // Keys are the database's, not the tenant's; in others each tenant may begin with 1.
    const taken = database.prepare('select key from document where key = ?')
    for await (const batch of keys())
      if (batch.some((key) => taken.get(key) !== undefined)) return Number(last)
    return 0
  }

  return {
    reader,
    requireEmpty: () => requireEmpty(reader, file),
    async begin() {
      await requireEmpty(reader, file)
      await markHalfMoved(db)
    },
    async addTenant(name, keys): Promise<TenantTarget> {
      const shift = await shiftFor(keys)
      const key = await tenantKey(db, name)
      return {
        key,
        shift,
        async addEngagements(engagements) {
          const moved = engagements.map((one) => ({ ...one, key: one.key + shift }))
          await writer.write(name, incoming(moved))
        },
        async addRows(table, rows) {
          const values = rows.map((row) => ({ ...row, tenant: key }))
          await db
            .insertInto(table)
            .values(values as never)
            .execute()
        },
        async setVersion(version) {
          await db.updateTable('tenant').set({ version }).where('key', '=', key).execute()
        },
      }
    },
    async finish() {
      await markWhole(db)
    },
    async close() {
      database.close()
    },
  }
}

function readSqliteHistory(database: DatabaseSync): HistoryReader {
  const walk = <Row>(text: string, tenant: number) =>
    database.prepare(text).iterate(tenant) as IterableIterator<Row>
  return {
    async tenants() {
      const rows = database.prepare('select key, name, version from tenant order by key').all()
      return rows.map(({ key, name, version }) => ({
        key: Number(key),
        name: String(name),
        version: Number(version),
      }))
    },
    async count(tenant, of) {
      const row = database.prepare(`select count(*) as n from ${of} where tenant = ?`).get(tenant)
      return Number(row?.n)
    },
    async *keys(tenant) {
      const rows = walk<{ key: number }>('select key from document where tenant = ? order by key', tenant)
      for (const batch of batches(rows, () => 0)) yield batch.map(({ key }) => key)
    },
    async *engagements(tenant) {
      const rows = walk<KeptEngagement>('select key, doc from document where tenant = ? order by key', tenant)
      yield* batches(rows, ({ doc }) => doc.length)
    },
    async *rows(tenant, table) {
      const order = orderOf(table)
      const rows = walk<Record<string, SQLInputValue>>(
        `select * from ${table} where tenant = ? order by ${order}`,
        tenant,
      )
      for (const batch of batches(rows, () => 0)) yield batch.map((row) => plainRow(table, row))
    },
  }
}

function* batches<Row>(rows: Iterable<Row>, textOf: (row: Row) => number): Generator<readonly Row[]> {
  let batch: Row[] = []
  let text = 0
  for (const row of rows) {
    batch.push(row)
    text += textOf(row)
    if (batch.length < rowsAtOnce && text < mostText) continue
    yield batch
    batch = []
    text = 0
  }
  if (batch.length > 0) yield batch
}

function open(
  file: string,
  waitMs?: number,
): { readonly database: DatabaseSync; readonly db: Kysely<Tables> } {
  // Everything is touched once: mapped, all of a large database would count as our memory.
  const database = openDatabase(file, { use: 'writes', ...(waitMs !== undefined && { waitMs }) })
  return { database, db: new Kysely<Tables>({ dialect: nodeSqliteDialect(database) }) }
}

/** Nobody else gets into it until it is closed: neither another move nor a server. */
async function openAlone(file: string): Promise<ReturnType<typeof open>> {
  const opened = open(file, waitAloneMs)
  const { database } = opened
  try {
    unlessBusy(() => {
      // https://www.sqlite.org/pragma.html#pragma_locking_mode: taken by the next write, and kept.
      database.exec('pragma locking_mode = exclusive')
      database.exec('begin exclusive; commit')
    }, `${file} is in use by another process, such as a server: stop it`)
  } catch (error) {
    database.close()
    throw error
  }
  return opened
}

/** https://www.sqlite.org/rescode.html#busy */
function unlessBusy(act: () => void, refusal: string): void {
  try {
    act()
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
    if (code === 5) throw new MoveRefusal(refusal)
    throw error
  }
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
