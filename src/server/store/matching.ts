/** The rows that a filter lets through, to be counted or drawn from: one walk along a covering index, in no order. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import type { PageShape } from './page-statement.ts'
import type { StatusCode, Tables } from './schema.ts'
import { startKnown } from './start-key.ts'
import { longMs } from './start-pieces.ts'
import { slot } from './statement.ts'

/** What the text of such a statement depends on. */
export type FilterShape = Omit<PageShape, 'sort' | 'plan'>

/** The same where the statuses are told apart from it. */
export type CountShape = Omit<FilterShape, 'status'>

/** @param asOf whether the rows are cut at `lastKey` */
export function filterShape(filter: EngagementFilter, users: number, asOf: boolean): FilterShape {
  return {
    status: filter.status,
    users,
    startAfter: filter.startAfter !== undefined,
    startBefore: filter.startBefore !== undefined,
    endAfter: filter.endAfter !== undefined,
    endBefore: filter.endBefore !== undefined,
    asOf,
  }
}

/** Slots: `tenant`, or `person0` … `personN`; the bounds that the shape has. Of several users a row may come several times. */
export function matching(db: Kysely<Tables>, shape: CountShape, statuses: readonly StatusCode[]) {
  const codes = statuses.map((code) => sql.lit(code))
  const people = Array.from({ length: shape.users }, (_, index) => slot<number>(`person${index}`))
  const whose =
    shape.users === 0
      ? db.selectFrom('engagement').where('tenant', '=', slot<number>('tenant'))
      : db.selectFrom('participant').where('person', 'in', people)
  // Common to both tables from here on; the two builders differ in nothing that is used below.
  let query = (whose as ReturnType<typeof engagementsOf>).where('status', 'in', codes)
  if (shape.startBefore) query = query.where('start_key', '<=', slot<number>('startBefore'))
  if (shape.startAfter) query = query.where('start_key', '>=', slot<number>('startAfter'))
  // Unknown starts are below every bound.
  else if (shape.startBefore) query = query.where(startKnown())
  if (shape.endAfter) query = query.where('end_ms', '>=', slot<number>('endAfter'))
  if (shape.endBefore) query = query.where('end_ms', '<=', slot<number>('endBefore'))
  // The plus keeps the planner from walking the keys instead of the filter's index, which has them too.
  if (shape.asOf) query = query.where(sql<SqlBool>`+${keyOf(shape)} <= ${slot('lastKey')}`)
  return query
}

/** Whether an engagement is in the index of long ones: SQLite uses it where it is asked in just these words. */
export function isLong() {
  return sql<SqlBool>`end_ms - start_key > ${sql.lit(longMs)}`
}

/** The engagement's key in those rows. */
export function keyOf(shape: CountShape) {
  return sql.ref<number>(shape.users === 0 ? 'key' : 'engagement')
}

/** @param people the keys of the users asked for */
export function matchingValues(
  tenant: number,
  people: readonly number[],
  { startAfter, startBefore, endAfter, endBefore }: EngagementFilter,
  lastKey: number | undefined,
): Record<string, number> {
  const values: Record<string, number> = { tenant }
  if (startAfter !== undefined) values.startAfter = startAfter
  if (startBefore !== undefined) values.startBefore = startBefore
  if (endAfter !== undefined) values.endAfter = endAfter
  if (endBefore !== undefined) values.endBefore = endBefore
  if (lastKey !== undefined) values.lastKey = lastKey
  for (const [index, person] of people.entries()) values[`person${index}`] = person
  return values
}

function engagementsOf(db: Kysely<Tables>) {
  return db.selectFrom('engagement')
}
