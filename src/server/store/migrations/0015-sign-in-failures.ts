/** Failed sign-ins, counted for all servers over the same data together. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const signInFailures: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('sign_in_failure')
      .addColumn('key', 'text', (column) => column.notNull().primaryKey())
      .addColumn('filled', 'double precision', (column) => column.notNull())
      .addColumn('checking', 'integer', (column) => column.notNull())
      .addColumn('at_ms', 'double precision', (column) => column.notNull())
      .modifyEnd(sql`without rowid`)
      .execute()
  },
}
