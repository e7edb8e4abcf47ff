/** Accounts that are disabled, clients that are revoked, and since when what they were given before counts no more. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const endedAccess: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    for (const table of ['account', 'client']) {
      await db.schema.alterTable(table).addColumn('disabled_ms', 'integer').execute()
      await db.schema.alterTable(table).addColumn('ended_ms', 'integer').execute()
      await db.schema.createIndex(`${table}_by_end`).on(table).column('ended_ms').execute()
    }
  },
}
