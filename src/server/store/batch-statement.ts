/**
 * The query behind a batch of an export: as a page is walked, but from the row after the last one instead of past an offset,
 * so that all batches together cost one walk. Known and unknown sort values are walked one after the other: unknown ones come
 * last, in either direction.
 */
import { type Kysely, sql } from 'kysely'
import { armsOf, type Known, mergedArms, type PageShape, sortOf } from './page-statement.ts'
import type { Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'

export interface BatchShape extends PageShape {
  readonly known: Exclude<Known, 'any'>
  /** After a row, whose sort value and id are in the slots `lastAt` and `lastId`. */
  readonly resumed: boolean
}

/**
 * Which sort values a selection can have. Where the starts that sort it are bounded, none is unknown.
 * @returns the parts in the order they are to be walked in
 */
export function batchParts(shape: PageShape): readonly BatchShape['known'][] {
  const bounded = sortOf(shape).column === 'start' && (shape.startAfter || shape.startBefore)
  return bounded ? ['known'] : ['known', 'unknown']
}

/** Slots: those of a page but `take` and `offset`, and `lastAt` and `lastId`. Gives key, sort value and id, in order. */
export function batchStatement(db: Kysely<Tables>, shape: BatchShape): Template {
  const { direction } = sortOf(shape)
  const rows = sql<number>`+${slot('rows')}`
  const [first, ...rest] = armsOf(db, shape, [shape.known], { limit: rows, resumed: shape.resumed })
  if (rest.length === 0) return template(first)
  return template(
    db
      .selectFrom(mergedArms(db, shape, [first, ...rest]).as('m'))
      .select(['m.key', 'm.at', 'm.id'])
      .orderBy('m.at', direction)
      .orderBy('m.id', direction)
      .limit(rows),
  )
}
