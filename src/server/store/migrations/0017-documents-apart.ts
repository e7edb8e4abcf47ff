/**
 * Documents in a table of their own, and engagements as one that is its own index by start, with ids in fewer bytes. Participants
 * lose their order by duration: it took a fifth of the documents' bytes, and what users took part in is sorted when it is asked for.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** As an unknown start is kept. */
const unknownStart = Number.MIN_SAFE_INTEGER
const rowsAtOnce = 10_000

export const documentsApart: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await shortenParticipants(db)
    for (const index of ['engagement_by_id', 'engagement_by_duration'])
      await db.schema.dropIndex(index).execute()
    await db.schema
      .createTable('document')
      .addColumn('key', 'integer', (column) => column.primaryKey())
      .addColumn('tenant', 'integer', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('placed')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('start_key', 'integer', (column) => column.notNull())
      .addColumn('id', 'blob', (column) => column.notNull())
      .addColumn('end_ms', 'integer')
      .addColumn('duration', 'numeric')
      .addColumn('key', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('engagement_key', ['tenant', 'status', 'start_key', 'id'])
      .modifyEnd(sql`without rowid`)
      .execute()
    // There before the rows: an index made afterwards is sorted in memory, which a long history has more of than a machine.
    await db.schema.createIndex('engagement_by_id').on('placed').columns(['tenant', 'id']).unique().execute()
    await db.schema
      .createIndex('engagement_by_duration')
      .on('placed')
      .columns(['tenant', 'status', 'duration', 'id', 'start_key', 'end_ms', 'key'])
      .execute()
    await sql`
      insert into placed (tenant, status, start_key, id, end_ms, duration, key)
      select tenant, status, coalesce(start_ms, ${sql.lit(unknownStart)}), short_id(id), end_ms, duration, key
      from engagement order by tenant, status, start_ms, id`.execute(db)
    await sql`drop trigger engagement_deleted`.execute(db)
    await db.schema.dropIndex('engagement_by_start').execute()
    await moveDocuments(db)
    await db.schema.dropTable('engagement').execute()
    await db.schema.alterTable('placed').renameTo('engagement').execute()
    await sql`
      create trigger engagement_deleted after delete on engagement begin
        update tenant set version = max(version + 1, cast(unixepoch('subsec') * 1000 as integer)) where key = old.tenant;
      end`.execute(db)
    await shortenParts(db)
  },
}

/** Some at a time: the pages that they leave are taken by those that come, and the file hardly grows. */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function moveDocuments(db: Kysely<any>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ key: number | null }>`
      select max(key) as key from (select key from engagement order by key limit ${sql.lit(rowsAtOnce)})`.execute(
      db,
    )
    const last = rows[0]?.key ?? null
    if (last === null) return
    await sql`insert into document (key, tenant, doc)
      select key, tenant, doc from engagement where key <= ${last} order by key`.execute(db)
    await sql`delete from engagement where key <= ${last}`.execute(db)
  }
}

/** Ids as those of the engagements: they took a few bytes more. */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function shortenParticipants(db: Kysely<any>): Promise<void> {
  await db.schema.dropIndex('participant_by_duration_and_start').execute()
  await db.schema
    .createTable('shorter')
    .addColumn('person', 'integer', (column) => column.notNull())
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('start_key', 'integer', (column) => column.notNull())
    .addColumn('id', 'blob', (column) => column.notNull())
    .addColumn('end_ms', 'integer')
    .addColumn('duration', 'numeric')
    .addColumn('engagement', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('participant_key', ['person', 'status', 'start_key', 'id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  // In the order that they have, which is that of the shorter ids as well.
  await sql`
    insert into shorter (person, status, start_key, id, end_ms, duration, engagement)
    select p.person, p.status, p.start_key, short_id(e.id), p.end_ms, p.duration, p.engagement
    from participant as p cross join engagement as e on e.key = p.engagement
    order by p.person, p.status, p.start_key, p.id`.execute(db)
  await db.schema.dropTable('participant').execute()
  await db.schema.alterTable('shorter').renameTo('participant').execute()
}

/** Ids that begin parts, as those of the engagements. */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function shortenParts(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('part')
    .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('duration', 'numeric', (column) => column.notNull())
    .addColumn('from_id', 'blob', (column) => column.notNull())
    .addColumn('engagements', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('duration_part_key', ['tenant', 'status', 'duration', 'from_id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await sql`
    insert into part (tenant, status, duration, from_id, engagements)
    select tenant, status, duration, case from_id when '' then x'' else short_id(from_id) end, engagements
    from duration_part`.execute(db)
  await db.schema.dropTable('duration_part').execute()
  await db.schema.alterTable('part').renameTo('duration_part').execute()
}
