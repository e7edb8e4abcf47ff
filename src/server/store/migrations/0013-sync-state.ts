/** How far a sync has come, and what it could not take. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const syncState: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('sync_walk')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('whole_ms', 'integer')
      .addColumn('begun_ms', 'integer')
      .addColumn('reached_ms', 'integer')
      .addPrimaryKeyConstraint('sync_walk_key', ['tenant', 'scope', 'status'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await db.schema
      .createTable('sync_gap')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'integer', (column) => column.notNull())
      .addColumn('to_ms', 'integer', (column) => column.notNull())
      .addColumn('noted_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('sync_gap_key', ['tenant', 'scope', 'status', 'from_ms', 'to_ms'])
      .modifyEnd(sql`without rowid`)
      .execute()
  },
}
