/** A number of each tenant that changes with its engagements: what a page is marked with, so that it need not be sent again. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const tenantVersions: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .alterTable('tenant')
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    // Writers of batches change it once a batch. Deletions come one by one, and from more than one place: none may be missed.
    await sql`
      create trigger engagement_deleted after delete on engagement begin
        update tenant set version = max(version + 1, cast(unixepoch('subsec') * 1000 as integer)) where key = old.tenant;
      end`.execute(db)
  },
}
