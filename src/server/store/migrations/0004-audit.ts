/** Who did what with a tenant's history. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const auditTable: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('audit')
      .addColumn('key', 'integer', (column) => column.primaryKey())
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('at_ms', 'integer', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('target', 'text')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_by_time').on('audit').columns(['tenant', 'at_ms']).execute()
  },
}
