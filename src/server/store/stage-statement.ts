/**
 * The query behind a part of a page that is read in stages: as a page is walked, but of known or unknown sort values alone, and
 * from a place on. The arms are merged as they are walked, not sorted, so rows that are passed cost little here as well.
 */
import { type Kysely, sql } from 'kysely'
import { armsOf, type Known, type PageShape, sortOf } from './page-statement.ts'
import type { Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'

export interface StageShape extends PageShape {
  readonly known: Exclude<Known, 'any'>
  /** Of the sorts by duration: from the place in the slots `fromAt` and `fromId` on. */
  readonly from: boolean
}

/** Slots: those of a page but `take`, and `fromAt` and `fromId`. Gives the documents in order. */
export function stageStatement(db: Kysely<Tables>, shape: StageShape): Template {
  const { direction } = sortOf(shape)
  const rows = sql<number>`+${slot('rows')}`
  const offset = slot<number>('offset')
  const [first, ...rest] = armsOf(db, shape, [shape.known], { limit: rows, resumed: false }).map((arm) =>
    placed(arm.clearLimit(), shape),
  )
  if (first === undefined) throw new Error('A page has at least one arm')
  // What is unknown is in the order of its ids: to be told that it is also in that of nothing, SQLite would sort it.
  const merged = rest.reduce((all, arm) => all.unionAll(arm.clearOrderBy()), first.clearOrderBy())
  const walked =
    rest.length === 0
      ? first
      : (shape.known === 'unknown' ? merged : merged.orderBy('at', direction)).orderBy('id', direction)
  return template(
    db
      .selectFrom(walked.limit(rows).offset(offset).as('w'))
      .innerJoin('document as d', 'd.key', 'w.key')
      .select('d.doc')
      .orderBy('w.at', direction)
      .orderBy('w.id', direction),
  )
}

type Arm = ReturnType<typeof armsOf>[number]

/** At the place itself where durations grow, before it where they fall: so the parts of the order are cut. */
function placed(arm: Arm, shape: StageShape): Arm {
  if (!shape.from) return arm
  const after = sql.raw(sortOf(shape).direction === 'asc' ? '>=' : '<')
  return arm.where(
    shape.known === 'unknown'
      ? sql<boolean>`id ${after} ${slot('fromId')}`
      : sql<boolean>`(duration, id) ${after} (${slot('fromAt')}, ${slot('fromId')})`,
  )
}
