/** Queries with a name, kept for a tenant. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const savedViews: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('saved_view')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('folded_name', 'text', (column) => column.notNull())
      .addColumn('format', 'integer', (column) => column.notNull())
      .addColumn('parameters', 'text', (column) => column.notNull())
      .addColumn('created_ms', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('changed_ms', 'integer', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      .addColumn('revision', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('saved_view_key', ['tenant', 'id'])
      .execute()
    await db.schema
      .createIndex('saved_view_by_name')
      .unique()
      .on('saved_view')
      .columns(['tenant', 'folded_name'])
      .execute()
  },
}
