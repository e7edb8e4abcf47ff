/**
 * The queries behind a histogram, beside the index counts that fill its buckets: where its range begins and ends, what is in
 * no bucket, and the kept counts of days.
 */
import { type Kysely, sql } from 'kysely'
import { counted } from './count-statement.ts'
import { type CountShape, matching } from './matching.ts'
import type { StatusCode, Tables } from './schema.ts'
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
  return template(
    matching(db, shape, [status])
      .select('start_ms as at')
      .where('start_ms', 'is not', null)
      .orderBy('start_ms', which === 'first' ? 'asc' : 'desc')
      .limit(sql.lit(1)),
  )
}

/** The kept counts of days. Slots: `tenant`, `firstDay` and `lastDay`, both inclusive. Gives `day` and `n`, in order. */
export function daysBetween(db: Kysely<Tables>, status: StatusCode): Template {
  return template(
    db
      .selectFrom('start_day')
      .select(['day', 'engagements as n'])
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
  return template(matching(db, shape, statuses).select(counted(shape).as('n')).where('start_ms', 'is', null))
}
