/** The first tables. A migration that has run anywhere is never changed again. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const firstTables: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('tenant')
      .addColumn('key', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .execute()
    await db.schema
      .createTable('engagement')
      .addColumn('key', 'integer', (column) => column.primaryKey())
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('start_ms', 'integer')
      .addColumn('end_ms', 'integer')
      .addColumn('duration', 'numeric')
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute()
    await index(db, 'engagement', 'by_id', ['tenant', 'id'], { unique: true })
    // The columns after the order (end, start) are there to be filtered without touching the table.
    await index(db, 'engagement', 'by_start', ['tenant', 'status', 'start_ms', 'id', 'end_ms'])
    await index(db, 'engagement', 'by_duration', ['tenant', 'status', 'duration', 'id', 'start_ms', 'end_ms'])

    await db.schema
      .createTable('person')
      .addColumn('key', 'integer', (column) => column.primaryKey())
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('email', 'text', (column) => column.notNull())
      .execute()
    await index(db, 'person', 'by_email', ['tenant', 'email'], { unique: true })
    await db.schema
      .createTable('participant')
      .addColumn('person', 'integer', (column) => column.notNull())
      .addColumn('engagement', 'integer', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('start_ms', 'integer')
      .addColumn('end_ms', 'integer')
      .addColumn('duration', 'numeric')
      .addPrimaryKeyConstraint('participant_key', ['person', 'engagement'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await index(db, 'participant', 'by_start', ['person', 'status', 'start_ms', 'id', 'end_ms'])
    await index(db, 'participant', 'by_duration', [
      'person',
      'status',
      'duration',
      'id',
      'start_ms',
      'end_ms',
    ])

    await db.schema
      .createTable('recording')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('engagement_id', 'text', (column) => column.notNull())
      .addColumn('media_type', 'text', (column) => column.notNull())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('recording_key', ['tenant', 'id'])
      .execute()
    await index(db, 'recording', 'by_engagement', ['tenant', 'engagement_id'])
    await db.schema
      .createTable('account')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('email', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .addColumn('created_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('account_key', ['tenant', 'email'])
      .execute()
    await db.schema
      .createTable('client')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .addColumn('created_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('client_key', ['tenant', 'id'])
      .execute()
  },
}

async function index(
  // biome-ignore lint/suspicious/noExplicitAny: as above
  db: Kysely<any>,
  table: string,
  name: string,
  columns: string[],
  { unique = false } = {},
): Promise<void> {
  const builder = db.schema.createIndex(`${table}_${name}`).on(table).columns(columns)
  await (unique ? builder.unique() : builder).execute()
}
