/**
 * The queries behind a histogram, beside the counts that fill its buckets: where its range begins and ends, and what is in no
 * bucket.
 */
import { type Kysely, sql } from 'kysely'
import { counted } from './count-statement.ts'
import { type CountShape, isLong, matching } from './matching.ts'
import type { StatusCode, Tables } from './schema.ts'
import { startKnown, startUnknown, startValue } from './start-key.ts'
import { type Template, template } from './statement.ts'

/**
 * The first or the last start along an index, of one status and at most one person. Slots: `tenant` or `person0`, and the
 * bounds that the shape has. Gives `at`, or no row where nothing matches.
 */
export function outermostStart(
  db: Kysely<Tables>,
  shape: CountShape & { readonly long?: boolean },
  status: StatusCode,
  which: 'first' | 'last',
): Template {
  const all = matching(db, shape, [status])
  const placed = shape.long ? all.where(isLong()) : all
  return template(
    (shape.startAfter ? placed : placed.where(startKnown()))
      .select(startValue().as('at'))
      .orderBy('start_key', which === 'first' ? 'asc' : 'desc')
      .limit(sql.lit(1)),
  )
}

/** How many match and have no start. Slots: as those of the shape. */
export function unplacedCount(
  db: Kysely<Tables>,
  shape: CountShape,
  statuses: readonly StatusCode[],
): Template {
  const unplaced = matching(db, shape, statuses).where(startUnknown())
  return template(unplaced.select(counted(shape).as('n')))
}
