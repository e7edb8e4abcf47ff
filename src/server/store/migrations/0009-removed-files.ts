/**
 * A recording's file is named by its bytes, so that one may be removed, or replaced, while another is served. What was
 * removed before has a file named by the recording alone; no hash stands for it.
 */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const removedFiles: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('removed_file')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('recording_id', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('removed_file_key', ['tenant', 'recording_id', 'sha256'])
      .execute()
    await db
      .insertInto('removed_file')
      .columns(['tenant', 'recording_id', 'sha256'])
      .expression((eb) =>
        eb.selectFrom('removed_recording').select(['tenant', 'id', eb.val('').as('sha256')]),
      )
      .execute()
    await db.schema.dropTable('removed_recording').execute()
  },
}
