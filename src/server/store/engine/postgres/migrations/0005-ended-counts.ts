/**
 * What is kept of ends and of durations, so that ranges of ends are looked up among few starts, and pages by duration begin far
 * down; and an order of keys, by which what came in after a moment is found. For Citus:
 *
 *     select create_distributed_table('duration_count', 'tenant');
 *
 * `start_count` has a unit 2 now, at 0: what has no start. All of it is of the tenant's version that `counted_version` tells.
 * Versions before this one write on without it: then the two differ, rows are walked as before, and what is kept is soon counted
 * anew (`recount.ts`). Nothing is counted here, as writers wait meanwhile.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const endedCounts: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(`create table duration_count (tenant integer not null references tenant (key), status smallint not null,
      seconds integer not null, engagements integer not null, primary key (tenant, status, seconds))`)
    await run(`create policy of_tenant on duration_count
      using (tenant = nullif(current_setting('hindsight.tenant', true), '')::integer)`)
    await run('alter table duration_count enable row level security, force row level security')
    await run('create index engagement_key_by_key on engagement_key (tenant, key)')
    // What others read comes last, as they wait for the end of it.
    await run(`alter table start_count add column ended integer not null default 0,
      add column shortest_ms bigint, add column longest_ms bigint`)
    await run('alter table tenant add column counted_version bigint')
    // What is of no engagement yet is counted.
    await run('alter table tenant alter column counted_version set default 0')
  },
}
