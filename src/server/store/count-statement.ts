/**
 * The queries behind a count. Where only the start is filtered, whole days come from `start_day` and the days that the
 * range cuts are counted on the index; else the matching rows are counted along a covering index. So they are where a
 * count is of an earlier moment: the days know only the present one.
 */
import { type Kysely, sql } from 'kysely'
import type { EngagementFilter, EngagementStatus } from '../../contract/query/engagement-query.ts'
import { type CountShape, matching } from './matching.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import { dayMs } from './start-days.ts'
import { slot, type Template, template } from './statement.ts'

/** Counts rows along an index. Slots: `tenant`, or `person0` … `personN`; the bounds that the shape has. */
export function indexCount(db: Kysely<Tables>, shape: CountShape, statuses: readonly StatusCode[]): Template {
  return template(matching(db, shape, statuses).select(counted(shape).as('n')))
}

/** How many engagements the rows are. One of two of the users is met twice. */
export function counted({ users }: CountShape) {
  return users > 1 ? sql<number>`count(distinct engagement)` : sql<number>`count(*)`
}

/**
 * Counts by days, in one statement so that days and rows are of the same moment. Slots: `tenant`, and those of `daySpan`.
 * @param ranged whether the start is filtered; an unknown start counts only when it is not
 */
export function dayCount(db: Kysely<Tables>, status: EngagementStatus, ranged: boolean): Template {
  const rows = (code: StatusCode) =>
    db
      .selectFrom('engagement')
      .select(sql<number>`count(*)`.as('n'))
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', sql.lit(code))
  const parts = statusCodes[status].flatMap((code) => {
    const days = db
      .selectFrom('start_day')
      .select(sql<number>`coalesce(sum(engagements), 0)`.as('n'))
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', sql.lit(code))
      .where('day', '>=', slot<number>('firstDay'))
      .where('day', '<=', slot<number>('lastDay'))
    const between = (from: string, to: string) =>
      rows(code).where('start_ms', '>=', slot<number>(from)).where('start_ms', '<=', slot<number>(to))
    return ranged
      ? [days, between('headFrom', 'headTo'), between('tailFrom', 'tailTo')]
      : [days, rows(code).where('start_ms', 'is', null)]
  })
  return template(db.selectNoFrom(sql<number>`${sql.join(parts, sql` + `)}`.as('n')))
}

/** A start range as whole days, and what is left of the days it cuts: times in epoch milliseconds, all ends inclusive. */
export interface DaySpan {
  readonly firstDay: number
  readonly lastDay: number
  readonly headFrom: number
  readonly headTo: number
  readonly tailFrom: number
  readonly tailTo: number
}

/** The bounds of what a Date can hold, in days. */
const [earliestDay, latestDay] = [-1e8, 1e8]
const nothing = { from: 1, to: 0 }

export function daySpan({ startAfter, startBefore }: EngagementFilter): DaySpan {
  const firstDay = startAfter === undefined ? earliestDay : Math.ceil(startAfter / dayMs)
  const lastDay = startBefore === undefined ? latestDay : Math.floor((startBefore + 1) / dayMs) - 1
  // Not one whole day in it: all of it is the head.
  const short = firstDay > lastDay && startAfter !== undefined && startBefore !== undefined
  const headTo = short ? startBefore : firstDay * dayMs - 1
  const head = startAfter === undefined ? nothing : { from: startAfter, to: headTo }
  const tail = startBefore === undefined || short ? nothing : { from: (lastDay + 1) * dayMs, to: startBefore }
  return {
    firstDay,
    lastDay,
    headFrom: head.from,
    headTo: head.to,
    tailFrom: tail.from,
    tailTo: tail.to,
  }
}
