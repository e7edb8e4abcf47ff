/** A PostgreSQL as what a history is moved from, or into. */
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { DatabaseError, type PoolClient } from 'pg'
import { isHalfMoved, markHalfMoved, markWhole, requireWhole } from '../../history/half-moved.ts'
import {
  type HistoryReader,
  type HistorySource,
  type HistoryTarget,
  type KeptTenant,
  MoveRefusal,
  requireEmpty,
} from '../../history/history.ts'
import { incoming } from '../../history/incoming.ts'
import { orderOf, plainRow } from '../../history/plain-tables.ts'
import type { Tables } from '../../schema.ts'
import { createAdvisoryFileLock } from './advisory-file-lock.ts'
import { tenantDialect } from './dialect.ts'
import { createPostgresWriter } from './engagement-writer.ts'
import { explained } from './failures.ts'
import { migratePostgres } from './migrations/migrate.ts'
import { type Connections, openPool } from './open-pool.ts'
import type { PostgresTables } from './schema.ts'
import type { PostgresSettings } from './settings.ts'
import { byMonths, type Place } from './start-months.ts'
import { createTenants } from './tenants.ts'
import { createVersionFloors } from './version-floors.ts'

const name = 'move'
const snapshotName = 'backup'
const beginSnapshot = 'begin isolation level repeatable read'
const untilItEnds = 'set local idle_in_transaction_session_timeout = 0'
/** A sort of all keys takes as long as it takes. */
const statementMs = 24 * 3_600_000
const rowsAtOnce = 500
/** In bytes: documents may be of any size, and a batch of large ones has fewer. */
const mostText = 1024 * 1024
const waitMs = 10_000
const retryMs = 50
/** What a write of anything goes through: that of engagements takes a turn by the tenant’s row. */
const written =
  'tenant, account, client, saved_view, recording, removed_file, arrival, sync_walk, sync_gap, audit'

/** @throws MoveRefusal where others do not cease to write; HalfMoved */
export function openPostgresSource(settings: PostgresSettings): Promise<HistorySource> {
  return openSource(settings, name, lockWriters)
}

/** As of one moment, while others go on to write. @throws HalfMoved */
export function openPostgresSnapshot(settings: PostgresSettings): Promise<HistorySource> {
  return openSource(settings, snapshotName, async (client) => {
    await client.query(`${beginSnapshot} read only; ${untilItEnds}`)
    // The moment is that of the first statement.
    await client.query('select from tenant limit 1')
  })
}

/** Holds the files of recordings until it is let go. */
export async function holdPostgresFiles(settings: PostgresSettings): Promise<() => Promise<void>> {
  const pool = await openPrimary(settings, snapshotName, 1)
  try {
    const release = await createAdvisoryFileLock(pool).hold()
    return async () => {
      release()
      await pool.end()
    }
  } catch (error) {
    await pool.end()
    throw explained(error)
  }
}

async function openSource(
  settings: PostgresSettings,
  as: string,
  begin: (client: PoolClient) => Promise<void>,
): Promise<HistorySource> {
  const pool = await openPrimary(settings, as, 1)
  try {
    await migratePostgres(pool)
    await requireWhole(kyselyOf(pool), 'postgres')
    const client = await connect(pool)
    try {
      await begin(client)
    } catch (error) {
      client.release(true)
      throw error
    }
    return {
      reader: readPostgresHistory(client),
      async close() {
        client.release(true)
        await pool.end()
      },
    }
  } catch (error) {
    await pool.end()
    throw explained(error)
  }
}

/** Takes away what a move that broke off has left. @throws MoveRefusal where others are connected */
export async function openPostgresTarget(settings: PostgresSettings): Promise<HistoryTarget> {
  const pool = await openPrimary(settings, name, 4)
  const db = kyselyOf(pool)
  const tenants = createTenants(pool)
  const writer = createPostgresWriter(
    pool,
    new Kysely<PostgresTables>({ dialect: dialectOf(pool) }),
    tenants,
    createAdvisoryFileLock(pool),
    createVersionFloors(),
  )
  let client: PoolClient | undefined
  try {
    client = await connect(pool)
    await requireAlone(client)
    await migratePostgres(pool)
    // Its partitions stay, and are filled again: the tenants get the same keys.
    if (await isHalfMoved(db, 'postgres')) {
      await client.query('truncate tenant, engagement, participant restart identity cascade')
      await client.query('drop table half_moved')
    }
    const alone = client
    const reader = readPostgresHistory(alone)
    const requireNothing = () => requireEmpty(reader, `The database ${settings.database}`)
    return {
      reader,
      requireEmpty: requireNothing,
      async begin() {
        await requireNothing()
        await markHalfMoved(db)
      },
      async addTenant(tenantName) {
        const key = await tenants.make(tenantName)
        const of = new Kysely<Tables>({ dialect: dialectOf(pool, key) })
        return {
          key,
          shift: 0,
          async addEngagements(engagements) {
            await writer.write(tenantName, incoming(engagements))
          },
          async addRows(table, rows) {
            const values = rows.map((row) => ({ ...row, tenant: key }))
            await of
              .insertInto(table)
              .values(values as never)
              .execute()
          },
          async setVersion(version) {
            // What was counted while rows were written is of them.
            await sql`update tenant set version = ${version}, counted_version =
              case when counted_version = version then ${version}::bigint end where key = ${key}`.execute(of)
          },
        }
      },
      async finish() {
        // What it knows of partitions comes by itself, of the whole of them it does not.
        await alone.query(
          'analyze tenant, person, engagement, participant, engagement_key, start_count, duration_count',
        )
        await markWhole(db)
      },
      async close() {
        alone.release(true)
        await pool.end()
      },
    }
  } catch (error) {
    client?.release(true)
    await pool.end()
    throw explained(error)
  }
}

/** To the first host that can be written to. @throws the failure of the last one where none can */
async function openPrimary(
  settings: PostgresSettings,
  as: string,
  connections: number,
): Promise<Connections> {
  let failure: unknown
  for (const host of settings.hosts) {
    // A connection that breaks while nobody uses it is found out by whoever uses it next.
    const pool = openPool(settings, host, { name: as, connections, statementMs }, () => {})
    try {
      if (!(await isReplica(pool))) return pool
      failure = new MoveRefusal('None of the hosts of DATABASE_URL can be written to: all are replicas')
    } catch (error) {
      failure = error
    }
    await pool.end()
  }
  throw explained(failure)
}

async function isReplica(pool: Connections): Promise<boolean> {
  const client = await pool.connect()
  let broken = true
  try {
    const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
    broken = false
    return rows[0]?.standby !== false
  } finally {
    client.release(broken)
  }
}

/** One that is held for as long as the move takes. What breaks it is told to whoever uses it next. */
async function connect(pool: Connections): Promise<PoolClient> {
  const client = await pool.connect()
  client.on('error', () => {})
  return client
}

function dialectOf(pool: Connections, tenant?: number) {
  return tenantDialect(() => pool.connect(), tenant)
}

function kyselyOf(pool: Connections): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: dialectOf(pool) })
}

/**
 * Begins a transaction that sees one moment, after which nobody else writes. Whoever is in the middle of a write is waited for
 * a while, without being held up: each has locks of its own order.
 */
async function lockWriters(client: PoolClient): Promise<void> {
  const lastMs = Date.now() + waitMs
  for (;;) {
    await client.query(`${beginSnapshot}; ${untilItEnds}`)
    try {
      // Others read on. The moment is that of the first statement after it.
      await client.query(`lock table ${written} in exclusive mode nowait`)
      return
    } catch (error) {
      await client.query('rollback')
      const isTaken = error instanceof DatabaseError && error.code === '55P03'
      if (!isTaken) throw error
      if (Date.now() > lastMs)
        throw new MoveRefusal(
          'Others keep writing to the database that is to be moved: stop what writes to it',
        )
    }
    await delay(retryMs)
  }
}

/**
 * Other moves are kept out by a lock, and servers, which would serve a half of it, are told of: those of roles that may use
 * the schema, since one database may have several.
 */
async function requireAlone(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('hindsight move ' || current_schema(), 0)) as taken`,
  )
  if (rows[0]?.taken !== true)
    throw new MoveRefusal('Another move or restore into the same database is under way')
  const lastMs = Date.now() + waitMs
  for (;;) {
    const { rows: others } = await client.query<{ application_name: string }>(
      `select application_name from pg_stat_activity where datname = current_database()
        and application_name like 'hindsight %' and application_name <> 'hindsight ${name}'
        and has_schema_privilege(usename, current_schema(), 'usage')`,
    )
    if (others.length === 0) return
    if (Date.now() > lastMs)
      throw new MoveRefusal('The database is in use by another process, such as a server: stop it')
    await delay(retryMs)
  }
}

/** All on one connection, one walk after the other. Where it is in a transaction, all of it is of that one's moment. */
function readPostgresHistory(client: PoolClient): HistoryReader {
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    try {
      return (await client.query<Row>(text, [...values])).rows
    } catch (error) {
      throw explained(error)
    }
  }
  const see = (tenant: number) =>
    query(`select set_config('hindsight.tenant', '${Math.trunc(tenant)}', false)`)
  async function* walk<Row extends object>(tenant: number, text: string): AsyncGenerator<readonly Row[]> {
    await see(tenant)
    // Held: it outlives its transaction where there is none around it.
    await query(`declare hindsight_walk no scroll cursor with hold for ${text}`)
    try {
      for (;;) {
        const rows = await query<Row>(`fetch ${rowsAtOnce} from hindsight_walk`)
        if (rows.length > 0) yield rows
        if (rows.length < rowsAtOnce) break
      }
    } finally {
      // Where the walk failed, its cursor is gone with what failed.
      await query('close hindsight_walk').catch(() => {})
    }
  }
  const ofMonths = <Row extends object>(tenant: number, columns: string, places: readonly Place[]) =>
    byMonths(places, ({ first, last, starts, keys }) =>
      query<Row>(
        `select ${columns} from engagement where tenant = $1 and start_ms between $2 and $3
          and start_ms = any($4::bigint[]) and key = any($5::bigint[])`,
        [tenant, first, last, starts, keys],
      ),
    )
  /** Of a few keys, in their order, as many at a time as make no more than so much text. */
  async function* documents(tenant: number, places: readonly Place[]) {
    const sizes = await ofMonths<Place & { readonly size: number }>(
      tenant,
      'key, start_ms as start, octet_length(doc) as size',
      places,
    )
    for (const piece of piecesOf(inOrder(sizes)))
      yield inOrder(await ofMonths<{ key: number; doc: string }>(tenant, 'key, doc', piece))
  }
  const places = (tenant: number) =>
    walk<Place>(
      tenant,
      `select key, start_ms as start from engagement_key where tenant = ${Math.trunc(tenant)} order by key`,
    )

  return {
    tenants: () => query<KeptTenant>('select key, name, version from tenant order by key'),
    async count(tenant, of) {
      await see(tenant)
      const table = of === 'engagement' ? 'engagement_key' : of
      const rows = await query<{ n: number }>(`select count(*) as n from ${table} where tenant = $1`, [
        tenant,
      ])
      return rows[0]?.n ?? 0
    },
    async *keys(tenant) {
      for await (const batch of places(tenant)) yield batch.map(({ key }) => key)
    },
    async *engagements(tenant) {
      for await (const batch of places(tenant)) yield* documents(tenant, batch)
    },
    async *rows(tenant, table) {
      const text = `select * from ${table} where tenant = ${Math.trunc(tenant)} order by ${orderOf(table)}`
      for await (const batch of walk<Record<string, unknown>>(tenant, text))
        yield batch.map((row) => plainRow(table, row))
    },
  }
}

function inOrder<Row extends { readonly key: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.key - b.key)
}

function* piecesOf<Row extends { readonly size: number }>(sizes: readonly Row[]): Generator<readonly Row[]> {
  let piece: Row[] = []
  let text = 0
  for (const one of sizes) {
    if (piece.length > 0 && text + one.size > mostText) {
      yield piece
      piece = []
      text = 0
    }
    piece.push(one)
    text += one.size
  }
  if (piece.length > 0) yield piece
}
