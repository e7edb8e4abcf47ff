/** The queries behind counts and histograms in PostgreSQL, beside those of the kept counts of days, which are the embedded ones. */
import { type Kysely, sql } from 'kysely'
import type { EngagementStatus } from '../../../../contract/query/engagement-query.ts'
import { statusCodes } from '../../schema.ts'
import { slot, type Template, template } from '../../statement.ts'
import { type PostgresTables, unknownStart } from './schema.ts'
import { type Unit, unitCodes } from './start-counts.ts'
import { keyOf, matchingRows, type WhereShape } from './walk-statements.ts'

/** One number. Slots: those of `matchingRows`. */
export function indexCount(
  db: Kysely<PostgresTables>,
  shape: WhereShape,
  status: EngagementStatus,
): Template {
  return template(matchingRows(db, shape, statusCodes[status]).select(counted(shape).as('n')))
}

function counted({ users }: WhereShape) {
  // An engagement of two of the users is met twice.
  return users > 1 ? sql<number>`count(distinct engagement)` : sql<number>`count(*)`
}

/**
 * One number, by days. Slots: `tenant`, and those of `daySpan`.
 * @param ranged whether the start is filtered; an unknown start counts only when it is not
 */
export function dayCount(db: Kysely<PostgresTables>, status: EngagementStatus, ranged: boolean): Template {
  const statuses = statusCodes[status].map((code) => sql.lit(code))
  const rows = db
    .selectFrom('engagement')
    .select(sql<number>`count(*)`.as('n'))
    .where('tenant', '=', slot<number>('tenant'))
    .where('status', 'in', statuses)
  const between = (from: string, to: string) =>
    rows.where('start_ms', '>=', slot<number>(from)).where('start_ms', '<=', slot<number>(to))
  const days = db
    .selectFrom('start_count')
    .select(sql<number>`coalesce(sum(engagements), 0)`.as('n'))
    .where('tenant', '=', slot<number>('tenant'))
    .where('status', 'in', statuses)
    .where('unit', '=', sql.lit(unitCodes.day))
    .where('at', '>=', slot<number>('firstDay'))
    .where('at', '<=', slot<number>('lastDay'))
  const parts = ranged
    ? [days, between('headFrom', 'headTo'), between('tailFrom', 'tailTo')]
    : [days, rows.where('start_ms', '=', sql.lit(unknownStart))]
  return template(db.selectNoFrom(sql<number>`${sql.join(parts, sql` + `)}`.as('n')))
}

/** The first and the last known start of what matches, null where there is none. Slots: those of `matchingRows`. */
export function outermostStarts(
  db: Kysely<PostgresTables>,
  shape: WhereShape,
  status: EngagementStatus,
): Template {
  return template(
    matchingRows(db, shape, statusCodes[status])
      .where('start_ms', '>', sql.lit(unknownStart))
      .select([sql<number | null>`min(start_ms)`.as('first'), sql<number | null>`max(start_ms)`.as('last')]),
  )
}

/** How many match and have no start. Slots: those of `matchingRows`. */
export function unplacedCount(
  db: Kysely<PostgresTables>,
  shape: WhereShape,
  status: EngagementStatus,
): Template {
  return template(
    matchingRows(db, shape, statusCodes[status])
      .where('start_ms', '=', sql.lit(unknownStart))
      .select(counted(shape).as('n')),
  )
}

/**
 * A row for each status and bucket that has any: status, number of the bucket from 1, and how many. Slots: those of
 * `matchingRows` with a start range, and `bounds`: where each bucket begins and the last one has ended.
 */
export function bucketCounts(
  db: Kysely<PostgresTables>,
  shape: WhereShape,
  status: EngagementStatus,
): Template {
  const bucket = sql<number>`width_bucket(start_ms, ${slot('bounds')}::bigint[])`
  const rows = matchingRows(
    db,
    { ...shape, startAfter: true, startBefore: true },
    statusCodes[status],
  ).select(['status', bucket.as('bucket'), keyOf(shape).as('key')])
  return template(
    db
      .selectFrom(rows.as('m'))
      .select([
        'm.status',
        'm.bucket',
        (shape.users > 1 ? sql`count(distinct m.key)` : sql`count(*)`).as('n'),
      ])
      .groupBy(['m.status', 'm.bucket']),
  )
}

/**
 * The same by the kept counts. Slots: `tenant`, `first` and `last`, both inclusive, and `edges`, all in the unit.
 */
export function wholeBucketCounts(
  db: Kysely<PostgresTables>,
  unit: Unit,
  status: EngagementStatus,
): Template {
  return template(
    db
      .selectFrom('start_count')
      .where('tenant', '=', slot<number>('tenant'))
      .where(
        'status',
        'in',
        statusCodes[status].map((code) => sql.lit(code)),
      )
      .where('unit', '=', sql.lit(unitCodes[unit]))
      .where('at', '>=', slot<number>('first'))
      .where('at', '<=', slot<number>('last'))
      .select(['status', sql<number>`width_bucket(at, ${slot('edges')}::integer[])`.as('bucket')])
      .select(sql<number>`sum(engagements)`.as('n'))
      .groupBy(['status', 'bucket']),
  )
}

/**
 * A row for each range of starts and status that has any: number of the range from 1, status and how many. Slots: `tenant`,
 * and `froms` and `tos`, both ends inclusive.
 */
export function rangeCounts(db: Kysely<PostgresTables>, status: EngagementStatus): Template {
  const statuses = statusCodes[status].map((code) => sql.lit(code))
  return template({
    compile: () =>
      sql`select r.n, e.status, count(*) from unnest(${slot('froms')}::bigint[], ${slot('tos')}::bigint[])
        with ordinality as r(f, t, n) join engagement e on e.tenant = ${slot('tenant')} and e.status in (${sql.join(statuses)})
        and e.start_ms between r.f and r.t group by r.n, e.status`.compile(db),
  })
}

/**
 * How many that have an end began in each of some ranges of hours: number of the range from 1, and how many. Slots: `tenant`, and
 * as lists of one length `statuses`, `froms` and `tos`, both hours inclusive.
 */
export function endedHourCounts(db: Kysely<PostgresTables>): Template {
  return template({
    compile: () =>
      sql`select r.n, c.n from unnest(${slot('statuses')}::smallint[], ${slot('froms')}::integer[], ${slot('tos')}::integer[])
        with ordinality as r(s, f, t, n) cross join lateral (select coalesce(sum(ended), 0) as n from start_count
          where tenant = ${slot('tenant')} and status = r.s and unit = ${sql.lit(unitCodes.hour)} and at between r.f and r.t) as c`.compile(
        db,
      ),
  })
}

/**
 * How many rows began and ended in each of some ranges: number of the range from 1, and how many. Slots: `tenant`, and as lists of
 * one length `statuses`, `froms` and `tos` of starts, `endAfters` and `endBefores`, all inclusive.
 */
export function endedRangeCounts(db: Kysely<PostgresTables>): Template {
  const list = (name: string) => sql`${slot(name)}::bigint[]`
  // Counted apart for each, or the server might read all rows once for all of them.
  return template({
    compile: () =>
      sql`select r.n, c.n from unnest(${slot('statuses')}::smallint[], ${list('froms')}, ${list('tos')}, ${list('endAfters')},
          ${list('endBefores')}) with ordinality as r(s, f, t, a, b, n)
        cross join lateral (select count(*) as n from engagement where tenant = ${slot('tenant')} and status = r.s
          and start_ms between r.f and r.t and end_ms between r.a and r.b) as c`.compile(db),
  })
}
