/** What answers counts by ends and deep pages without walking there: open engagements, bounds of lengths, parts of durations. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const hours = Array.from({ length: 24 }, (_, hour) => `hour_${hour}`)
const opens = hours.map((hour) => `open_${hour}`)
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Of the order by duration, to begin with; they grow and are split as rows come. */
const rowsAPart = 1024

export const rollups: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    // SQLite adds one column at a time; made anew, all of it is counted in the same pass.
    await db.schema.dropTable('start_day').execute()
    const days = db.schema
      .createTable('start_day')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('engagements', 'integer', (column) => column.notNull())
      .addColumn('open', 'integer', (column) => column.notNull())
      .addColumn('shortest_ms', 'integer')
      .addColumn('longest_ms', 'integer')
    await [...hours, ...opens]
      .reduce((made, hour) => made.addColumn(hour, 'integer', (column) => column.notNull()), days)
      .addPrimaryKeyConstraint('start_day_key', ['tenant', 'status', 'day'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await db.schema
      .createTable('unplaced')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('engagements', 'integer', (column) => column.notNull())
      .addColumn('open', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('unplaced_key', ['tenant', 'status'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await db.schema
      .createTable('duration_part')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('duration', 'numeric', (column) => column.notNull())
      .addColumn('from_id', 'text', (column) => column.notNull())
      .addColumn('engagements', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('duration_part_key', ['tenant', 'status', 'duration', 'from_id'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await fillRollups(db)
  },
}

interface Group {
  readonly tenant: number
  readonly status: number
}

/**
 * Fills the empty tables from the rows: a day and a part at a time along the indexes, so that memory stays flat.
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function fillRollups(db: Kysely<any>): Promise<void> {
  const tenants = await sql<{ key: number }>`select key from tenant order by key`.execute(db)
  for (const { key: tenant } of tenants.rows) {
    for (const status of [0, 1, 2]) {
      const group = { tenant, status }
      await fillDays(db, group)
      await sql`
        insert into unplaced (tenant, status, engagements, open)
        select tenant, status, count(*), count(*) - count(end_ms) from engagement
        where tenant = ${tenant} and status = ${status} and start_ms is null group by tenant, status`.execute(
        db,
      )
      await fillParts(db, group, false)
      await fillParts(db, group, true)
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as above
async function fillDays(db: Kysely<any>, { tenant, status }: Group): Promise<void> {
  const columns = sql.join([...hours, ...opens].map((hour) => sql.ref(hour)))
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const { rows } = await sql<{ start: number | string }>`
      select start_ms as start from engagement
      where tenant = ${tenant} and status = ${status} and start_ms >= ${from} order by start_ms limit 1`.execute(
      db,
    )
    if (rows[0] === undefined) return
    const day = Math.floor(Number(rows[0].start) / dayMs)
    const began = (hour: number) =>
      sql`start_ms >= ${day * dayMs + hour * hourMs} and start_ms < ${day * dayMs + (hour + 1) * hourMs}`
    const counted = [
      ...hours.map((_, hour) => sql`count(*) filter (where ${began(hour)})`),
      ...opens.map((_, hour) => sql`count(*) filter (where end_ms is null and ${began(hour)})`),
    ]
    from = (day + 1) * dayMs
    await sql`
      insert into start_day (tenant, status, day, engagements, open, shortest_ms, longest_ms, ${columns})
      select tenant, status, ${day}, count(*), count(*) - count(end_ms),
        min(end_ms - start_ms), max(end_ms - start_ms), ${sql.join(counted)}
      from engagement
      where tenant = ${tenant} and status = ${status} and start_ms >= ${day * dayMs} and start_ms < ${from}
      group by tenant, status`.execute(db)
  }
}

/** The parts of unknown durations and those of known ones begin apart, at the least that either can be. */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function fillParts(db: Kysely<any>, { tenant, status }: Group, unknown: boolean): Promise<void> {
  for (let from = { duration: unknown ? -1 : 0, id: '' }; ; ) {
    const rest = unknown
      ? sql`tenant = ${tenant} and status = ${status} and duration is null and id >= ${from.id}`
      : sql`tenant = ${tenant} and status = ${status} and (duration, id) >= (${from.duration}, ${from.id})`
    const { rows } = await sql<{ duration: number | null; id: string }>`
      select duration, id from engagement where ${rest}
      order by duration, id limit 1 offset ${rowsAPart}`.execute(db)
    const next = rows[0]
    const engagements = next === undefined ? sql`count(*)` : sql.lit(rowsAPart)
    await sql`
      insert into duration_part (tenant, status, duration, from_id, engagements)
      select ${tenant}, ${status}, ${from.duration}, ${from.id}, ${engagements}
      ${next === undefined ? sql`from engagement where ${rest} having count(*) > 0` : sql``}`.execute(db)
    if (next === undefined) return
    from = { duration: next.duration ?? -1, id: next.id }
  }
}
