/** An index of the engagements that lasted long, by start: what still went on at a moment is found among few rows. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A quarter of an hour. */
const longMs = 900_000

export const longEngagements: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createIndex('engagement_long')
      .on('engagement')
      .columns(['tenant', 'status', 'start_key', 'end_ms'])
      .where(sql<SqlBool>`end_ms - start_key > ${sql.lit(longMs)}`)
      .execute()
  },
}
