/**
 * Whole ids and emails that are cut in the indexes (`long-texts.ts`), which had none so long before, but for those that the
 * server could compress. For Citus:
 *
 *     select create_distributed_table(name, 'tenant') from unnest(array['long_id', 'long_email']) as name;
 *
 * The version before goes on beside it, with ids and emails of up to 2,500 bytes.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { foundAs, mostIndexedBytes, sortedAs } from '../long-texts.ts'

const tables: Readonly<Record<string, string>> = {
  long_id: 'key bigint not null, id text collate "C" not null, primary key (tenant, key)',
  long_email: `person bigint not null, email text collate "C" not null, primary key (tenant, person),
    foreign key (tenant, person) references person (tenant, key) on delete cascade`,
}

export const longTexts: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    for (const [name, columns] of Object.entries(tables)) {
      await sql
        .raw(`create table ${name} (tenant integer not null references tenant (key), ${columns})`)
        .execute(db)
      await sql
        .raw(`create policy of_tenant on ${name}
          using (tenant = nullif(current_setting('hindsight.tenant', true), '')::integer)`)
        .execute(db)
      await sql.raw(`alter table ${name} enable row level security, force row level security`).execute(db)
    }
    const { rows } = await sql<{ key: number }>`select key from tenant order by key`.execute(db)
    for (const { key } of rows) {
      await sql`select set_config('hindsight.tenant', ${String(key)}, true)`.execute(db)
      await cutIds(db, key)
      await cutEmails(db, key)
    }
    await sql`select set_config('hindsight.tenant', '', true)`.execute(db)
    await sql`create index recording_by_engagement_hash
      on recording (tenant, hashtextextended(engagement_id, 0))`.execute(db)
    // Last, as whoever reads recordings waits for the end of it.
    await sql`drop index recording_by_engagement`.execute(db)
  },
}

// biome-ignore lint/suspicious/noExplicitAny: as above
async function cutIds(db: Kysely<any>, tenant: number): Promise<void> {
  const { rows } = await sql<{ id: string; key: number; start_ms: number }>`select id, key, start_ms
    from engagement_key where tenant = ${tenant} and octet_length(id) > ${mostIndexedBytes}`.execute(db)
  for (const { id, key, start_ms } of rows) {
    const cut = sortedAs(id)
    await sql`update engagement set id = ${cut}
      where tenant = ${tenant} and start_ms = ${start_ms} and key = ${key}`.execute(db)
    await sql`update participant set id = ${cut}
      where tenant = ${tenant} and start_ms = ${start_ms} and engagement = ${key}`.execute(db)
    await sql`update engagement_key set id = ${foundAs(id)} where tenant = ${tenant} and id = ${id}`.execute(
      db,
    )
    await sql`insert into long_id (tenant, key, id) values (${tenant}, ${key}, ${id})`.execute(db)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as above
async function cutEmails(db: Kysely<any>, tenant: number): Promise<void> {
  const { rows } = await sql<{ key: number; email: string }>`select key, email
    from person where tenant = ${tenant} and octet_length(email) > ${mostIndexedBytes}`.execute(db)
  for (const { key, email } of rows) {
    await sql`update person set email = ${foundAs(email)} where tenant = ${tenant} and key = ${key}`.execute(
      db,
    )
    await sql`insert into long_email (tenant, person, email) values (${tenant}, ${key}, ${email})`.execute(db)
  }
}
