/** Sorting a start range by duration reads the index alone: until now it went to every row of the range for the duration. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const coveredRanges: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    for (const [table, owner] of [
      ['engagement', 'tenant'],
      ['participant', 'person'],
    ] as const) {
      await db.schema.dropIndex(`${table}_by_start`).execute()
      await db.schema
        .createIndex(`${table}_by_start`)
        .on(table)
        .columns([owner, 'status', 'start_ms', 'id', 'end_ms', 'duration'])
        .execute()
    }
  },
}
