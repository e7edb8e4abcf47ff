/**
 * Failed sign-ins, counted for all instances together. They are of addresses as well, and so of no tenant. For Citus:
 *
 *     select create_distributed_table('sign_in_failure', 'key');
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const signInFailures: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await sql`create table sign_in_failure (key text collate "C" primary key, filled double precision not null,
      checking integer not null, at_ms double precision not null)`.execute(db)
  },
}
