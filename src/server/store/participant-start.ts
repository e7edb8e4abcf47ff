/**
 * Starts among participants. Their table is its own index by start, and the columns of such a key are never null: where the
 * start is unknown it is below all that can be known, and so last in a walk down as null is.
 */
import { type RawBuilder, sql } from 'kysely'

/** Below whatever a Date can hold. */
export const unknownStart = Number.MIN_SAFE_INTEGER

/** The column by which rows are walked and bounded. @param users how many are asked for; none: all engagements */
export function startColumn(users: number): 'start_ms' | 'start_key' {
  return users === 0 ? 'start_ms' : 'start_key'
}

/** Whether the start is known. A bound of a walk among participants, where a nearer one has to take its place. */
export function startKnown(users: number, start = sql.ref<number>(startColumn(users))): RawBuilder<boolean> {
  return users === 0 ? sql`${start} is not null` : sql`${start} > ${sql.lit(unknownStart)}`
}

export function startUnknown(users: number): RawBuilder<boolean> {
  return users === 0 ? sql`start_ms is null` : sql`start_key = ${sql.lit(unknownStart)}`
}

/** The start itself; null is unknown. */
export function startValue(users: number): RawBuilder<number | null> {
  return users === 0 ? sql.ref('start_ms') : sql`nullif(start_key, ${sql.lit(unknownStart)})`
}
