/** The query behind counts that walk rows: those that match are counted along a covering index. */
import { type Kysely, sql } from 'kysely'
import { type CountShape, isLong, matching } from './matching.ts'
import type { StatusCode, Tables } from './schema.ts'
import { type Template, template } from './statement.ts'

/** Counts rows along an index. Slots: `tenant`, or `person0` … `personN`; the bounds that the shape has. @param shape.long those that lasted long alone, of the whole tenant */
export function indexCount(
  db: Kysely<Tables>,
  shape: CountShape & { readonly long?: boolean },
  statuses: readonly StatusCode[],
): Template {
  const all = matching(db, shape, statuses)
  const rows = shape.long ? all.where(isLong()) : all
  return template(rows.select(counted(shape).as('n')))
}

/** How many engagements the rows are. One of two of the users is met twice. */
export function counted({ users }: CountShape) {
  return users > 1 ? sql<number>`count(distinct engagement)` : sql<number>`count(*)`
}
