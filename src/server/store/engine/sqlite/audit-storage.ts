/** The audit in the embedded database. */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { AuditStorage } from '../../audit-log.ts'
import { auditRows } from '../../audit-rows.ts'
import { prepareAuditInsert } from '../../audit-statement.ts'
import type { Tables } from '../../schema.ts'
import { isBusy } from './when-free.ts'

/**
 * @param openOwn a connection of the audit's own that does not wait for other writers: an import beside us holds the database
 *   for a second at a time, and waiting for it would hold up every request
 */
export function createAuditStorage(db: Kysely<Tables>, openOwn: () => DatabaseSync): AuditStorage {
  let own: { database: DatabaseSync; insert: ReturnType<typeof prepareAuditInsert> } | undefined
  const connection = () => {
    if (own !== undefined) return own
    const database = openOwn()
    own = { database, insert: prepareAuditInsert(database, db) }
    return own
  }

  return {
    async write(records) {
      const { database, insert } = connection()
      database.exec('begin immediate')
      try {
        for (const record of records) insert(record)
        database.exec('commit')
      } finally {
        if (database.isTransaction) database.exec('rollback')
      }
    },
    async rows(tenant, query) {
      const rows = await auditRows(db, tenant, query)
      if (rows.length > 0) return rows
      const there = await db.selectFrom('tenant').select('key').where('name', '=', tenant).executeTakeFirst()
      return there && rows
    },
    async tenants() {
      const rows = await db.selectFrom('tenant').select('key').execute()
      return rows.map(({ key }) => key)
    },
    async removeBefore(tenant, atMs, most) {
      const remove = connection().database.prepare(
        'delete from audit where key in (select key from audit where tenant = ? and at_ms < ? limit ?)',
      )
      return Number(remove.run(tenant, atMs, most).changes)
    },
    isBusy,
    async close() {
      own?.database.close()
      own = undefined
    },
  }
}
