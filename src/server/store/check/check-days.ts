/** The kept counts and bounds of days against the rows, a day at a time along the index. */
import { type Kysely, sql } from 'kysely'
import { hourColumns, openColumns, type StatusCode, type Tables } from '../schema.ts'
import { dayMs, hourMs } from '../start-days.ts'
import { unknownStart } from '../start-key.ts'
import { type CheckedTenant, type Finding, findingOf } from './finding.ts'

const counts = ['engagements', 'open', ...hourColumns, ...openColumns] as const

export async function checkDays(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  status: StatusCode,
): Promise<readonly Finding[]> {
  const kept = await db
    .selectFrom('start_day')
    .selectAll()
    .where('tenant', '=', tenant.key)
    .where('status', '=', status)
    .execute()
  const keptOf = new Map(kept.map((day) => [Number(day.day), day]))
  const miscounted: string[] = []
  const outside: string[] = []
  for (let from = unknownStart + 1; ; ) {
    const next = await db
      .selectFrom('engagement')
      .select('start_key')
      .where('tenant', '=', tenant.key)
      .where('status', '=', status)
      .where('start_key', '>=', from)
      .orderBy('start_key')
      .limit(1)
      .executeTakeFirst()
    if (next === undefined) break
    const day = Math.floor(Number(next.start_key) / dayMs)
    from = (day + 1) * dayMs
    const there = await countDay(db, tenant, status, day)
    const of = keptOf.get(day)
    keptOf.delete(day)
    const wrong = counts.find((column) => Number(of?.[column] ?? 0) !== Number(there[column]))
    if (wrong !== undefined)
      miscounted.push(
        `on ${dayText(day)} ${wrong} is ${of?.[wrong] ?? 'missing'}, the rows are ${there[wrong]}`,
      )
    // Null becomes zero; where nothing has ended there is nothing to be inside of the bounds.
    const inside =
      there.shortest_ms === null ||
      (of !== undefined &&
        of.shortest_ms !== null &&
        of.longest_ms !== null &&
        Number(of.shortest_ms) <= Number(there.shortest_ms) &&
        Number(of.longest_ms) >= Number(there.longest_ms))
    if (!inside)
      outside.push(
        `on ${dayText(day)} they are ${of?.shortest_ms} to ${of?.longest_ms} ms, the rows are ${there.shortest_ms} to ${there.longest_ms} ms`,
      )
  }
  for (const [day, of] of keptOf) {
    const wrong = counts.find((column) => Number(of[column]) !== 0)
    if (wrong !== undefined) miscounted.push(`on ${dayText(day)} ${wrong} is ${of[wrong]}, there are no rows`)
  }
  return [
    ...findingOf(tenant, status, 'kept counts of days differ from the rows', miscounted, 'rollups'),
    ...findingOf(tenant, status, 'kept bounds of lengths leave rows out', outside, 'rollups'),
  ]
}

async function countDay(db: Kysely<Tables>, tenant: CheckedTenant, status: StatusCode, day: number) {
  const from = day * dayMs
  const inHour = (hour: number) =>
    sql`start_key >= ${from + hour * hourMs} and start_key < ${from + (hour + 1) * hourMs}`
  const { rows } = await sql<Readonly<Record<string, number | string | null>>>`
    select count(*) as engagements, count(*) - count(end_ms) as open,
      min(end_ms - start_key) as shortest_ms, max(end_ms - start_key) as longest_ms,
      ${sql.join(hourColumns.map((column, hour) => sql`count(*) filter (where ${inHour(hour)}) as ${sql.ref(column)}`))},
      ${sql.join(openColumns.map((column, hour) => sql`count(*) filter (where end_ms is null and ${inHour(hour)}) as ${sql.ref(column)}`))}
    from engagement
    where tenant = ${tenant.key} and status = ${status} and start_key >= ${from} and start_key < ${from + dayMs}`.execute(
    db,
  )
  return rows[0] as Readonly<Record<(typeof counts)[number] | 'shortest_ms' | 'longest_ms', number | null>>
}

function dayText(day: number): string {
  const date = new Date(day * dayMs)
  return Number.isNaN(date.getTime()) ? `day ${day}` : date.toISOString().replace(/T.*/, '')
}
