/** The audit in PostgreSQL: all instances write into one. */
import type { Kysely } from 'kysely'
import type { AuditStorage } from '../../audit-log.ts'
import { auditRows } from '../../audit-rows.ts'
import type { AuditRecord } from '../../audit-statement.ts'
import type { Tables } from '../../schema.ts'
import type { Connections } from './open-pool.ts'
import type { PostgresTables } from './schema.ts'
import type { Tenants } from './tenants.ts'
import { transact, writeMs } from './transactions.ts'
import { writeStatements } from './write-statements.ts'

type Written = AuditRecord & { readonly times: number }

/** @param ofTenant what sees a tenant's rows, by its key */
export function createPostgresAudit(
  pool: Connections,
  db: Kysely<PostgresTables>,
  tenants: Tenants,
  ofTenant: (tenant: number) => Kysely<Tables>,
): AuditStorage {
  const statements = writeStatements(db)
  const inTenant = (tenant: number, statement: 'addAudit' | 'removeAudit', values: object) =>
    transact(pool, { mode: 'write', tenant, statementMs: writeMs, urgent: true }, (run) =>
      run(statements[statement], { tenant, ...values }),
    )
  return {
    async write(records) {
      const byTenant = Map.groupBy(records, ({ tenant }) => tenant)
      // What was written stays written when a later tenant's fails; a record is gathered anew then, and may come twice.
      for (const [name, written] of byTenant) {
        const tenant = await tenants.find(name)
        if (tenant !== undefined) await inTenant(tenant, 'addAudit', listsOf(written))
      }
    },
    async rows(name, query) {
      const tenant = await tenants.find(name)
      return tenant === undefined ? undefined : auditRows(ofTenant(tenant), name, query)
    },
    tenants: async () => (await tenants.all()).map(({ key }) => key),
    removeBefore: async (tenant, atMs, most) =>
      (await inTenant(tenant, 'removeAudit', { atMs, most })).length,
    isBusy: () => false,
    async close() {},
  }
}

function listsOf(records: readonly Written[]) {
  return {
    moments: records.map(({ atMs }) => atMs),
    subjects: records.map(({ subject }) => subject ?? null),
    actions: records.map(({ action }) => action),
    targets: records.map(({ target }) => target ?? null),
    addresses: records.map(({ address }) => address),
    times: records.map(({ times }) => times),
  }
}
