/** Participants in two trees instead of three, each as an index by itself, and with ids in fewer bytes. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** As an unknown start is kept from now on. */
const unknownStart = Number.MIN_SAFE_INTEGER

export const leanerRows: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('leaner')
      .addColumn('person', 'integer', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('start_key', 'integer', (column) => column.notNull())
      .addColumn('id', 'blob', (column) => column.notNull())
      .addColumn('end_ms', 'integer')
      .addColumn('duration', 'numeric')
      .addColumn('engagement', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('participant_key', ['person', 'status', 'start_key', 'id'])
      .modifyEnd(sql`without rowid`)
      .execute()
    // There before the rows: an index made afterwards is sorted in memory, which a long history has more of than a machine.
    await db.schema
      .createIndex('participant_by_duration_and_start')
      .on('leaner')
      .columns(['person', 'status', 'duration', 'id', 'start_key', 'end_ms', 'engagement'])
      .execute()
    await sql`
      insert into leaner (person, status, start_key, id, end_ms, duration, engagement)
      select person, status, coalesce(start_ms, ${sql.lit(unknownStart)}), short_id(id), end_ms, duration, engagement
      from participant order by person, status, start_ms, id`.execute(db)
    await db.schema.dropTable('participant').execute()
    await db.schema.alterTable('leaner').renameTo('participant').execute()
  },
}
