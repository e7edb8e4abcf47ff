/**
 * Brings a PostgreSQL to the present schema. Kysely's migrator holds an advisory lock meanwhile, and everything is one
 * transaction: of instances that start at once one migrates, and the others wait and find it done.
 *
 * The version before goes on working while a newer one migrates beside it, so a migration only adds: a column has a default
 * or may be null, a new table or index is used by nobody else, and nothing is dropped, renamed or given another meaning
 * before the release after the one that has stopped to use it. A migration that has run anywhere is never changed again.
 */
import { Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { tenantDialect } from '../dialect.ts'
import type { Connections } from '../open-pool.ts'
import { requireBoundRole } from '../require-bound-role.ts'
import { firstTables } from './0001-first-tables.ts'
import { signInFailures } from './0002-sign-in-failures.ts'
import { longTexts } from './0003-long-texts.ts'

/** In the order of their names. */
const migrations = {
  '0001-first-tables': firstTables,
  '0002-sign-in-failures': signInFailures,
  '0003-long-texts': longTexts,
}

/**
 * Once all have run, a role that may change no tables does as well.
 * @throws when a migration fails; nothing is half done then. UnboundRole, before anything is done
 */
export async function migratePostgres(pool: Connections): Promise<void> {
  const db = new Kysely<Record<string, never>>({ dialect: tenantDialect(() => pool.connect(), undefined) })
  await requireBoundRole(db)
  const all = { ...(await newerOnes(db)), ...migrations }
  // Others may have tables of the same names in schemas of their own.
  const { rows } = await sql<{ schema: string }>`select current_schema as schema`.execute(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => all },
    ...(rows[0] !== undefined && { migrationTableSchema: rows[0].schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw new Error('The database could not be brought to the present schema', { cause: error })
}

/** What a newer version has run besides is none of our business: it leaves us everything that we know. */
async function newerOnes(db: Kysely<Record<string, never>>): Promise<Readonly<Record<string, Migration>>> {
  const there = await sql<{
    there: boolean
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (there.rows[0]?.there !== true) return {}
  const run = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const nothing: Migration = { async up() {} }
  return Object.fromEntries(run.rows.map(({ name }) => [name, nothing]))
}
