/**
 * A month of a tenant goes, as the owner of the tables has it:
 *
 *     select hindsight_detach_month('PremierTenant', '2019-03');
 *
 * Its engagements and participants are in tables of their own from then on, whose names are returned: to be copied elsewhere,
 * dropped, or kept, as partitions of nothing. With them go, in the same transaction, what leads to them: ids, counts, people who
 * took part in nothing else, and recordings, whose files the servers remove as after a deletion. Who reads for long makes it
 * fail by its limit on waiting, with nothing changed; then it can be run again. What is imported into that month later on makes
 * it anew.
 *
 * `alter table … detach partition … concurrently` alone would leave all of that behind, and the next import without a partition.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const detachMonths: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    const { rows } = await sql<{ schema: string }>`select current_schema as schema`.execute(db)
    await sql`
      create function hindsight_detach_month(of_tenant text, of_month text) returns setof text
      language plpgsql set search_path = ${sql.id(rows[0]?.schema ?? 'public')}, pg_temp as $$
      declare
        wanted integer;
        begins timestamp;
        low bigint;
        high bigint;
        months integer;
        people bigint[];
        changed bigint;
        parent text;
        made text;
        kept text;
      begin
        if of_month !~ '^[0-9]{4}-[0-9]{2}$' then
          raise exception 'A month is written as 2019-03, not as %', of_month;
        end if;
        -- Writers of the tenant wait, as for each other.
        select key into wanted from tenant where name = of_tenant for no key update;
        if wanted is null then
          raise exception 'There is no tenant %', of_tenant;
        end if;
        begins := (of_month || '-01')::timestamp;
        low := (extract(epoch from begins) * 1000)::bigint;
        high := (extract(epoch from begins + interval '1 month') * 1000)::bigint;
        months := (extract(year from begins) - 1970) * 12 + extract(month from begins) - 1;
        made := wanted || '_m' || replace(months::text, '-', '_');
        if to_regclass('engagement_' || made) is null then
          return;
        end if;
        perform set_config('hindsight.tenant', wanted::text, true);
        people := array(select distinct person from participant
          where tenant = wanted and start_ms >= low and start_ms < high);
        with gone as (
          select coalesce(l.id, k.id) as id from engagement_key as k
            left join long_id as l on l.tenant = k.tenant and l.key = k.key
            where k.tenant = wanted and k.start_ms >= low and k.start_ms < high
        ), removed as (
          delete from recording as r using gone where r.tenant = wanted and r.engagement_id = gone.id
            and hashtextextended(r.engagement_id, 0) = hashtextextended(gone.id, 0) returning r.id, r.sha256
        )
        insert into removed_file (tenant, recording_id, sha256)
          select wanted, id, sha256 from removed on conflict do nothing;
        delete from long_id where tenant = wanted and key in (
          select key from engagement_key where tenant = wanted and start_ms >= low and start_ms < high);
        delete from engagement_key where tenant = wanted and start_ms >= low and start_ms < high;
        delete from start_count where tenant = wanted and (
          unit = 0 and at >= low / 86400000 and at < high / 86400000
          or unit = 1 and at >= low / 3600000 and at < high / 3600000);
        update tenant set version = greatest(version + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint)
          where key = wanted returning version into changed;
        -- Readers wait as well from here on, but not for long. They come from participants to engagements, as we do.
        perform set_config('lock_timeout', '400ms', true);
        foreach parent in array array['participant', 'engagement'] loop
          kept := format('%s_%s_detached_%s', parent, made, changed);
          execute format('alter table %I detach partition %I', parent, parent || '_' || made);
          execute format('alter table %I rename to %I', parent || '_' || made, kept);
          return next kept;
        end loop;
        delete from person where tenant = wanted and key = any(people) and not exists (
          select from participant where participant.tenant = wanted and participant.person = person.key);
        perform set_config('hindsight.tenant', '', true);
      end $$`.execute(db)
  },
}
