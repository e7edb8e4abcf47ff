/**
 * Brings a PostgreSQL to the present schema. Kysely's migrator holds an advisory lock meanwhile, and everything is one
 * transaction: of instances that start at once one migrates, and the others wait and find it done.
 *
 * The version before goes on working while a newer one migrates beside it, so a migration only adds: a column has a default
 * or may be null, a new table or index is used by nobody else, and nothing is dropped, renamed or given another meaning
 * before the release after the one that has stopped to use it. An index alone may be dropped: nobody names one. A migration
 * that has run anywhere is never changed again.
 *
 * What locks a table out that others read (a new column, a dropped index) comes last in a migration, as they wait for its end.
 * It waits for a lock itself no longer than `lockMs` of its pool, and begins anew then: whoever reads for long would have all
 * others wait behind us. Writers are let end first, and wait then: they and we lock tables in different orders.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, type SchemaMetadata, sql } from 'kysely'
import {
  DEFAULT_MIGRATION_LOCK_TABLE,
  DEFAULT_MIGRATION_TABLE,
  type Migration,
  Migrator,
} from 'kysely/migration'
import { DatabaseError } from 'pg'
import { tenantDialect } from '../dialect.ts'
import type { Connections } from '../open-pool.ts'
import { requireBoundRole } from '../require-bound-role.ts'
import { firstTables } from './0001-first-tables.ts'
import { signInFailures } from './0002-sign-in-failures.ts'
import { longTexts } from './0003-long-texts.ts'
import { detachMonths } from './0004-detach-months.ts'
import { endedCounts } from './0005-ended-counts.ts'

/** In the order of their names. */
export const migrations = {
  '0001-first-tables': firstTables,
  '0002-sign-in-failures': signInFailures,
  '0003-long-texts': longTexts,
  '0004-detach-months': detachMonths,
  '0005-ended-counts': endedCounts,
}

/** Between two tries, so that those who waited behind the first come through. */
const againMs = 500
/** For writers that are in a transaction to end it. */
const writersMs = 5000
const lastTryMs = 3_600_000

/**
 * Once all have run, a role that may change no tables does as well.
 * @param upTo those of an earlier or a later version, for tests
 * @throws when a migration fails; nothing is half done then. UnboundRole, before anything is done
 */
export async function migratePostgres(
  pool: Connections,
  upTo: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const db = migratedDatabase(pool)
  await requireBoundRole(db)
  const all = { ...(await haveRun(db)), ...upTo }
  // Others may have tables of the same names in schemas of their own.
  const { rows } = await sql<{ schema: string }>`select current_schema as schema`.execute(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => withoutWriters(all) },
    ...(rows[0] !== undefined && { migrationTableSchema: rows[0].schema }),
  })
  const begunMs = performance.now()
  for (;;) {
    const { error } = await migrator.migrateToLatest()
    if (error === undefined) return
    if (!isOfLocks(error) || performance.now() - begunMs > lastTryMs)
      throw new Error('The database could not be brought to the present schema', { cause: error })
    await delay(againMs)
  }
}

/**
 * The migrator looks for two tables of ours among all that there are, with all their columns, of all schemas: thousands where there
 * are many months, and it fails where somebody drops a schema meanwhile. Here it is shown its own.
 */
function migratedDatabase(pool: Connections): Kysely<Record<string, never>> {
  const dialect = tenantDialect(() => pool.connect(), undefined)
  dialect.createIntrospector = (db) => ({
    async getSchemas() {
      const { rows } = await sql<SchemaMetadata>`select current_schema as name`.execute(db)
      return rows
    },
    async getTables() {
      const { rows } = await sql<{
        name: string
        schema: string
      }>`select relname as name, current_schema as schema
        from pg_class where relnamespace = current_schema::regnamespace
          and relname in (${DEFAULT_MIGRATION_TABLE}, ${DEFAULT_MIGRATION_LOCK_TABLE})`.execute(db)
      return rows.map((table) => ({ ...table, isView: false, isForeign: false, columns: [] }))
    },
  })
  return new Kysely({ dialect })
}

/** Whether there is nothing to be migrated. @throws UnboundRole; SourceFailure when no host answers */
export async function isPresent(pool: Connections): Promise<boolean> {
  const db = new Kysely<Record<string, never>>({ dialect: tenantDialect(() => pool.connect(), undefined) })
  await requireBoundRole(db)
  const run = await haveRun(db)
  return Object.keys(migrations).every((name) => Object.hasOwn(run, name))
}

/** Writers begin by the row of their tenant. */
function withoutWriters(all: Readonly<Record<string, Migration>>): Record<string, Migration> {
  const alone = ({ up }: Migration): Migration => ({
    async up(db) {
      const { rows } = await sql`select where to_regclass('tenant') is not null`.execute(db)
      if (rows.length > 0) {
        const { rows: usual } = await sql<{ lock_timeout: string }>`show lock_timeout`.execute(db)
        await sql`select set_config('lock_timeout', ${String(writersMs)}, true)`.execute(db)
        await sql`lock table tenant in exclusive mode`.execute(db)
        await sql`select set_config('lock_timeout', ${usual[0]?.lock_timeout ?? '0'}, true)`.execute(db)
      }
      await up(db)
    },
  })
  return Object.fromEntries(Object.entries(all).map(([name, migration]) => [name, alone(migration)]))
}

/** Others had a lock that was wanted, or wanted ours while we wanted theirs. */
function isOfLocks(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof DatabaseError && ['55P03', '40P01'].includes(cause.code ?? '')
}

/** All that have run. What a newer version has run besides is none of our business: it leaves us everything that we know. */
async function haveRun(db: Kysely<Record<string, never>>): Promise<Readonly<Record<string, Migration>>> {
  const there = await sql<{
    there: boolean
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (there.rows[0]?.there !== true) return {}
  const run = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const nothing: Migration = { async up() {} }
  return Object.fromEntries(run.rows.map(({ name }) => [name, nothing]))
}
