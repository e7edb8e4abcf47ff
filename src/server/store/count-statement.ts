/** The query behind counts that walk rows: those that match are counted along a covering index. */
import { type Kysely, sql } from 'kysely'
import { type CountShape, matching } from './matching.ts'
import type { StatusCode, Tables } from './schema.ts'
import { type Template, template } from './statement.ts'

/** Counts rows along an index. Slots: `tenant`, or `person0` … `personN`; the bounds that the shape has. */
export function indexCount(db: Kysely<Tables>, shape: CountShape, statuses: readonly StatusCode[]): Template {
  return template(matching(db, shape, statuses).select(counted(shape).as('n')))
}

/** How many engagements the rows are. One of two of the users is met twice. */
export function counted({ users }: CountShape) {
  return users > 1 ? sql<number>`count(distinct engagement)` : sql<number>`count(*)`
}
