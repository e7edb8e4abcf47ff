/** The store of a PostgreSQL, brought to the present schema. */
import { Kysely, sql } from 'kysely'
import { SourceFailure } from '../../../source/source-failure.ts'
import { createAuditLog } from '../../audit-log.ts'
import { requireWhole } from '../../history/half-moved.ts'
import type { Tables } from '../../schema.ts'
import { createSignInFailures, type SignInTables } from '../../sign-in-failures.ts'
import type { Store } from '../../store.ts'
import { createAdvisoryFileLock } from './advisory-file-lock.ts'
import { createPostgresAudit } from './audit-storage.ts'
import { createPostgresCheck } from './check-database.ts'
import { tenantDialect } from './dialect.ts'
import { keepEndedAccess } from './ended-access.ts'
import { createPostgresReader } from './engagement-reader.ts'
import { createPostgresWriter } from './engagement-writer.ts'
import { explained } from './failures.ts'
import { type Hosts, type Wanted, watchHosts } from './hosts.ts'
import { isPresent, migratePostgres } from './migrations/migrate.ts'
import { createOfTenant } from './of-tenant.ts'
import type { Connections, PoolLimits } from './open-pool.ts'
import { createRecounts } from './recount.ts'
import type { PostgresTables } from './schema.ts'
import type { PostgresSettings } from './settings.ts'
import { lockSync } from './sync-lock.ts'
import { createTenants } from './tenants.ts'
import { pageMs, transact } from './transactions.ts'
import { createVersionFloors } from './version-floors.ts'

/** What people wait for is not behind an import in the queue. */
const reads: PoolLimits = { name: 'reads', connections: 12, statementMs: 20_000 }
const writes: PoolLimits = { name: 'writes', connections: 4, statementMs: 60_000 }
/** Whoever signs in waits for them, and does so without where they fail. */
const signIns: PoolLimits = { name: 'sign-ins', connections: 2, statementMs: 500 }
/** Each hold of files keeps one, and waits for as long as a removal takes. */
const holds: PoolLimits = { name: 'files', connections: 4, statementMs: 120_000 }
/** Opened by the first who checks or counts anew; walks over all rows of a tenant. */
const checks: PoolLimits = { name: 'checks', connections: 2, statementMs: 3_600_000 }
/** One waits for another instance's, however long that takes; whoever asks for a table meanwhile waits behind its locks. */
const migrations: PoolLimits = { name: 'migrations', connections: 1, statementMs: 3_600_000, lockMs: 100 }

interface PostgresStoreOptions {
  /** Told of what failed where nobody waits for an answer. */
  readonly failed: (error: unknown) => void
  /** Told when audit records cannot be written for now. */
  readonly auditFailed: (error: unknown) => void
  /** How far the clock that failed sign-ins go by is ahead of the database's, for tests. */
  readonly aheadMs: () => number
  /** How far a replica may be behind for reads to go to it. */
  readonly replicaLagMs: number
}

/** @throws when the database does not answer, or cannot be brought to the present schema */
export async function openPostgresStore(
  settings: PostgresSettings,
  { failed, auditFailed, aheadMs, replicaLagMs }: PostgresStoreOptions,
): Promise<Store> {
  const hosts = await watchHosts(settings, replicaLagMs, failed)
  const opened: Connections[] = []
  let closing = false
  const connections = (limits: PoolLimits, wanted: Wanted) => {
    const made = hosts.connections(limits, wanted)
    opened.push(made)
    return made
  }
  const end = async () => {
    await Promise.all(opened.map((pool) => pool.end()))
    await hosts.end()
  }
  try {
    await migrate(hosts)
    const fresh = connections(reads, 'fresh-read')
    const near = settings.hosts.length > 1 ? connections(reads, 'near-read') : fresh
    const writing = connections(writes, 'write')
    const counting = connections(signIns, 'write')
    const holding = connections(holds, 'write')
    const checking = connections(checks, 'write')
    const dialect = tenantDialect(() => fresh.connect(), undefined)
    const db = new Kysely<PostgresTables>({ dialect })
    await requireWhole(new Kysely<Tables>({ dialect }), 'postgres')
    const tenants = createTenants(fresh)
    const floors = createVersionFloors()
    const reading = { near, fresh, readsReplica: hosts.readsReplica }
    const recount = createRecounts(checking, (error) => {
      if (!closing) failed(error)
    })
    const source = createPostgresReader(reading, floors, db, tenants, recount)
    const of = createOfTenant(fresh, tenants)
    const ended = await keepEndedAccess(fresh, failed)
    const audit = createAuditLog(createPostgresAudit(writing, db, tenants, of.db), auditFailed)
    const failures = new Kysely<SignInTables>({
      dialect: tenantDialect(() => counting.connect({ urgent: true }), undefined),
    })
    return {
      source,
      check: createPostgresCheck(checking, tenants),
      writer: createPostgresWriter(writing, db, tenants, createAdvisoryFileLock(holding), floors, fresh),
      accounts: of.accounts,
      audit,
      views: of.views,
      ended,
      signInFailures: createSignInFailures(failures, () => databaseMs(aheadMs())),
      syncState: of.syncState,
      lockSync: () => lockSync(writing),
      findRecording: (tenant, recordingId) => source.recording(tenant, recordingId),
      async isEmpty() {
        for (const { key } of await tenants.all()) {
          const any = of.db(key).selectFrom('arrival').select('last_key').limit(1)
          if ((await any.executeTakeFirst()) === undefined) continue
          const left = await of.db(key).selectFrom('engagement').select('key').limit(1).executeTakeFirst()
          if (left !== undefined) return false
        }
        return true
      },
      async ping() {
        await transact(fresh, { mode: 'read', tenant: undefined, statementMs: pageMs, urgent: true }, (run) =>
          run({ sql: 'select 1', parameters: [] }, {}),
        )
      },
      async close() {
        closing = true
        ended.close()
        try {
          await audit.close()
        } finally {
          await end()
        }
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** A server may start and read while the primary is lost, if there is nothing to be migrated. */
async function migrate(hosts: Hosts): Promise<void> {
  const pool = hosts.connections(migrations, 'write')
  const reading = hosts.connections(migrations, 'fresh-read')
  try {
    await migratePostgres(pool).catch(async (error: unknown) => {
      const lost = explained(error)
      if (!(lost instanceof SourceFailure) || !(await isPresent(reading))) throw lost
    })
  } finally {
    await Promise.all([pool.end(), reading.end()])
  }
}

/** Of one statement, however long it waits for a row: https://www.postgresql.org/docs/18/functions-datetime.html#FUNCTIONS-DATETIME-CURRENT */
function databaseMs(aheadMs: number) {
  return sql<number>`((extract(epoch from statement_timestamp()) * 1000)::double precision + ${aheadMs})`
}
