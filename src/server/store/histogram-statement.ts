/**
 * The queries behind a histogram, beside the index counts that fill its buckets: where its range begins and ends, what is in
 * no bucket, and the kept counts of days and hours.
 */
import { type Kysely, sql } from 'kysely'
import { counted } from './count-statement.ts'
import { type CountShape, matching } from './matching.ts'
import { startColumn, startKnown, startUnknown, startValue } from './participant-start.ts'
import { hourColumns, type StatusCode, type Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'

/**
 * The first or the last start along an index, of one status and at most one person. Slots: `tenant` or `person0`, and the
 * bounds that the shape has. Gives `at`, or no row where nothing matches.
 */
export function outermostStart(
  db: Kysely<Tables>,
  shape: CountShape,
  status: StatusCode,
  which: 'first' | 'last',
): Template {
  const placed = matching(db, shape, [status])
  return template(
    (shape.startAfter ? placed : placed.where(startKnown(shape.users)))
      .select(startValue(shape.users).as('at'))
      .orderBy(sql.ref(startColumn(shape.users)), which === 'first' ? 'asc' : 'desc')
      .limit(sql.lit(1)),
  )
}

/**
 * The kept counts of days. Slots: `tenant`, `firstDay` and `lastDay`, both inclusive. Gives a row for each day that has any, in
 * their order: the day, how many began on it, and then for each of the hours how many began on it before that hour.
 */
export function daysBetween(db: Kysely<Tables>, status: StatusCode, hours: readonly number[]): Template {
  const before = (hour: number) =>
    sql<number>`${sql.join(
      hourColumns.slice(0, hour).map((column) => sql.ref(column)),
      sql` + `,
    )}`
  return template(
    db
      .selectFrom('start_day')
      .select(['day', 'engagements', ...hours.map((hour) => before(hour).as(`before_${hour}`))])
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', sql.lit(status))
      .where('day', '>=', slot<number>('firstDay'))
      .where('day', '<=', slot<number>('lastDay'))
      .orderBy('day'),
  )
}

/** How many match and have no start. Slots: as those of the shape. */
export function unplacedCount(
  db: Kysely<Tables>,
  shape: CountShape,
  statuses: readonly StatusCode[],
): Template {
  const unplaced = matching(db, shape, statuses).where(startUnknown(shape.users))
  return template(unplaced.select(counted(shape).as('n')))
}
