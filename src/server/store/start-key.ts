/**
 * Starts in the tables that are their own indexes by start. The columns of such a key are never null: where the start is unknown
 * it is below all that can be known, and so last in a walk down as null is.
 */
import { type RawBuilder, sql } from 'kysely'

/** Below whatever a Date can hold. */
export const unknownStart = Number.MIN_SAFE_INTEGER

/** Whether the start is known. A bound of a walk, where a nearer one has to take its place. */
export function startKnown(start = sql.ref<number>('start_key')): RawBuilder<boolean> {
  return sql`${start} > ${sql.lit(unknownStart)}`
}

export function startUnknown(): RawBuilder<boolean> {
  return sql`start_key = ${sql.lit(unknownStart)}`
}

/** The start itself; null is unknown. */
export function startValue(): RawBuilder<number | null> {
  return sql`nullif(start_key, ${sql.lit(unknownStart)})`
}
