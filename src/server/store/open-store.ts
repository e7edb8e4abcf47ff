/** Opens the store: the embedded database of a data folder or a PostgreSQL, brought to the present schema. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { createAccounts } from './accounts.ts'
import { createArrivals } from './arrivals.ts'
import { createAuditLog } from './audit-log.ts'
import { createStoreCheck } from './check/store-check.ts'
import { createEngagementReader } from './engagement-reader.ts'
import type { PostgresSettings } from './engine/postgres/settings.ts'
import { createAuditStorage } from './engine/sqlite/audit-storage.ts'
import { checkedSqlite } from './engine/sqlite/checked-engine.ts'
import { nodeSqliteDialect } from './engine/sqlite/dialect.ts'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { sqliteFileLock } from './engine/sqlite/sqlite-file-lock.ts'
import { whenFree } from './engine/sqlite/when-free.ts'
import { requireWhole } from './history/half-moved.ts'
import { migrate } from './migrations/migrate.ts'
import { createEndedAccess } from './read-ended-access.ts'
import { createSavedViews } from './saved-views.ts'
import type { Tables } from './schema.ts'
import { createSignInFailures, type SignInTables } from './sign-in-failures.ts'
import type { Store } from './store.ts'
import { createSyncState } from './sync-state.ts'
import { createTenantVersions } from './tenant-versions.ts'
import { createEngagementWriter } from './write-engagements.ts'

interface StoreOptions {
  /** Made when absent, for this user only. */
  readonly dataDir: string
  /** In place of a database in the folder; undefined: there is one in it. */
  readonly database?: PostgresSettings | undefined
  /** How far one of its replicas may be behind for reads to go to it. */
  readonly replicaLagMs?: number
  /** Whether pages are asked for, as by a server, or long histories written. */
  readonly use?: 'pages' | 'writes'
  /** Told when audit records cannot be written for now. */
  readonly auditFailed?: (error: unknown) => void
  /** Told of what failed besides where nobody waits for an answer, such as idle connections that broke. */
  readonly databaseFailed?: (error: unknown) => void
  /** How far the clock that failed sign-ins go by is ahead, for tests. */
  readonly aheadMs?: () => number
}

export async function openStore({
  dataDir,
  database,
  replicaLagMs = 1000,
  use = 'pages',
  auditFailed = () => {},
  databaseFailed = () => {},
  aheadMs = () => 0,
}: StoreOptions): Promise<Store> {
  if (database === undefined) return openEmbeddedStore({ dataDir, use, auditFailed, aheadMs })
  // Loaded where there is one: its driver takes memory for as long as the process lives.
  const { openPostgresStore } = await import('./engine/postgres/open-postgres-store.ts')
  return openPostgresStore(database, { failed: databaseFailed, auditFailed, aheadMs, replicaLagMs })
}

async function openEmbeddedStore({
  dataDir,
  use,
  auditFailed,
  aheadMs,
}: Required<Pick<StoreOptions, 'dataDir' | 'use' | 'auditFailed' | 'aheadMs'>>): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'hindsight.db')
  const database = openDatabase(file, { use })
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) })
  try {
    await migrate(db)
    await requireWhole(db, 'sqlite')
  } catch (error) {
    database.close()
    throw error
  }
  const versions = createTenantVersions(database, db)
  const arrivals = createArrivals(database, db)
  // Exports read what may be more than memory, on a connection that keeps little of it.
  const walked = openDatabase(file, { use: 'walks' })
  const source = createEngagementReader(database, walked, db, versions, arrivals)
  const audit = createAuditLog(
    createAuditStorage(db, () => openDatabase(file, { waitMs: 0 })),
    auditFailed,
  )
  // Whoever writes for somebody waits for an import beside us; whatever else is asked of us meanwhile must not.
  const patient = openDatabase(file, { use: 'walks', waitMs: 0 })
  const dialect = nodeSqliteDialect(patient, whenFree)
  const signIns = new Kysely<SignInTables>({ dialect })
  const views = new Kysely<Tables>({ dialect })
  return {
    source,
    writer: createEngagementWriter(database, db, versions, arrivals, sqliteFileLock(dataDir), {
      database: patient,
      whenFree,
    }),
    accounts: createAccounts(db),
    audit,
    views: createSavedViews(views),
    ended: createEndedAccess(database, db),
    signInFailures: createSignInFailures(signIns, () => sql<number>`${Date.now() + aheadMs()}`),
    syncState: createSyncState(db, 'start_key'),
    check: createStoreCheck(checkedSqlite(file, db)),
    // Who shares it shares the folder, which has a lock of its own.
    lockSync: async () => () => {},
    findRecording: (tenant, recordingId) => source.recording(tenant, recordingId),
    async isEmpty() {
      return (await db.selectFrom('document').select('key').limit(1).executeTakeFirst()) === undefined
    },
    async ping() {
      database.prepare('select 1').get()
    },
    async close() {
      try {
        await audit.close()
      } finally {
        await signIns.destroy()
        await views.destroy()
        patient.close()
        await db.destroy()
        walked.close()
        checkpoint(database)
        database.close()
      }
    },
  }
}

/** Leaves one file behind instead of three; where there is no room for it, the log stays beside the file and loses nothing. */
function checkpoint(database: DatabaseSync): void {
  try {
    database.exec('pragma wal_checkpoint(truncate)')
  } catch {
    // What made it fail is told by whatever wanted to write.
  }
}
