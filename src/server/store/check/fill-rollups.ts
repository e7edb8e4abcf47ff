/** What is kept of days and of the order by duration, made anew from the rows. */
import { type Kysely, sql } from 'kysely'
import { leastId, splitRows, unknownDuration } from '../duration-parts.ts'
import { hourColumns, openColumns, type Tables } from '../schema.ts'
import { dayMs, hourMs } from '../start-days.ts'
import { startUnknown, unknownStart } from '../start-key.ts'

interface Group {
  readonly tenant: number
  readonly status: number
}

/**
 * Fills the empty tables from the rows: a day and a part at a time along the indexes, so that memory stays flat.
 */
export async function fillRollups(db: Kysely<Tables>): Promise<void> {
  const tenants = await sql<{ key: number }>`select key from tenant order by key`.execute(db)
  for (const { key: tenant } of tenants.rows) {
    for (const status of [0, 1, 2]) {
      const group = { tenant, status }
      await fillDays(db, group)
      await sql`
        insert into unplaced (tenant, status, engagements, open)
        select tenant, status, count(*), count(*) - count(end_ms) from engagement
        where tenant = ${tenant} and status = ${status} and ${startUnknown()} group by tenant, status`.execute(
        db,
      )
      await fillParts(db, group, false)
      await fillParts(db, group, true)
    }
  }
}

async function fillDays(db: Kysely<Tables>, { tenant, status }: Group): Promise<void> {
  const columns = sql.join([...hourColumns, ...openColumns].map((hour) => sql.ref(hour)))
  for (let from = unknownStart + 1; ; ) {
    const { rows } = await sql<{ start: number | string }>`
      select start_key as start from engagement
      where tenant = ${tenant} and status = ${status} and start_key >= ${from} order by start_key limit 1`.execute(
      db,
    )
    if (rows[0] === undefined) return
    const day = Math.floor(Number(rows[0].start) / dayMs)
    const began = (hour: number) =>
      sql`start_key >= ${day * dayMs + hour * hourMs} and start_key < ${day * dayMs + (hour + 1) * hourMs}`
    const counted = [
      ...hourColumns.map((_, hour) => sql`count(*) filter (where ${began(hour)})`),
      ...openColumns.map((_, hour) => sql`count(*) filter (where end_ms is null and ${began(hour)})`),
    ]
    from = (day + 1) * dayMs
    await sql`
      insert into start_day (tenant, status, day, engagements, open, shortest_ms, longest_ms, ${columns})
      select tenant, status, ${day}, count(*), count(*) - count(end_ms),
        min(end_ms - start_key), max(end_ms - start_key), ${sql.join(counted)}
      from engagement
      where tenant = ${tenant} and status = ${status} and start_key >= ${day * dayMs} and start_key < ${from}
      group by tenant, status`.execute(db)
  }
}

/** The parts of unknown durations and those of known ones begin apart, at the least that either can be. */
async function fillParts(db: Kysely<Tables>, { tenant, status }: Group, unknown: boolean): Promise<void> {
  for (let from = { duration: unknown ? unknownDuration : 0, id: leastId }; ; ) {
    const rest = unknown
      ? sql`tenant = ${tenant} and status = ${status} and duration is null and id >= ${from.id}`
      : sql`tenant = ${tenant} and status = ${status} and (duration, id) >= (${from.duration}, ${from.id})`
    const { rows } = await sql<{ duration: number | null; id: Uint8Array }>`
      select duration, id from engagement where ${rest}
      order by duration, id limit 1 offset ${splitRows}`.execute(db)
    const next = rows[0]
    const engagements = next === undefined ? sql`count(*)` : sql.lit(splitRows)
    await sql`
      insert into duration_part (tenant, status, duration, from_id, engagements)
      select ${tenant}, ${status}, ${from.duration}, ${from.id}, ${engagements}
      ${next === undefined ? sql`from engagement where ${rest} having count(*) > 0` : sql``}`.execute(db)
    if (next === undefined) return
    from = { duration: next.duration ?? unknownDuration, id: next.id }
  }
}
