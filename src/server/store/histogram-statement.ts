/**
 * The queries behind a histogram, beside the counts that fill its buckets: where its range begins and ends, and what is in no
 * bucket.
 */
import { type Kysely, sql } from 'kysely'
import { counted } from './count-statement.ts'
import { type CountShape, matching } from './matching.ts'
import { startColumn, startKnown, startUnknown, startValue } from './participant-start.ts'
import type { StatusCode, Tables } from './schema.ts'
import { type Template, template } from './statement.ts'

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

/** How many match and have no start. Slots: as those of the shape. */
export function unplacedCount(
  db: Kysely<Tables>,
  shape: CountShape,
  statuses: readonly StatusCode[],
): Template {
  const unplaced = matching(db, shape, statuses).where(startUnknown(shape.users))
  return template(unplaced.select(counted(shape).as('n')))
}
