/** Recordings that were removed while their files may still be on the disk. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const removedRecordings: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('removed_recording')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('removed_recording_key', ['tenant', 'id'])
      .execute()
  },
}
