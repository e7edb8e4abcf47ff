/**
 * Where in the order by start a page far down begins: by the kept counts, down to the hour, so that only rows beside it are
 * passed. For pages of no user, whose ends are not filtered, while nothing came in after their moment.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EngagementQuery } from '../../../../contract/query/engagement-query.ts'
import { statusCodes } from '../../schema.ts'
import { slot, template } from '../../statement.ts'
import { rangeCounts } from './count-statements.ts'
import type { PostgresTables } from './schema.ts'
import { dayMs, hourMs, unitCodes } from './start-counts.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'

/** Passing fewer rows costs less than finding where they end. */
export const deepOffset = 1000
/** The bounds of what a Date can hold, in days. */
const [earliestDay, latestDay] = [-1e8, 1e8]

export type StartPlace =
  /** The page begins inside this bound of starts, besides those that are asked for. */
  | {
      readonly kind: 'placed'
      readonly bound: { readonly startAfter?: number; readonly startBefore?: number }
      readonly offset: number
    }
  /** All that have a start come before it. */
  | { readonly kind: 'unplaced'; readonly offset: number }

/** @returns nothing where it begins so near to a bound that is asked for that there is nothing to be passed over */
export type FindStartPlace = (
  run: Run,
  tenant: number,
  query: EngagementQuery,
) => Promise<StartPlace | undefined>

export function createStartPlaces(db: Kysely<PostgresTables>, named: NameStatement): FindStartPlace {
  return async (run, tenant, { sort, status, startAfter, startBefore, offset }) => {
    const ascending = sort === 'oldest'
    const firstDay = startAfter === undefined ? earliestDay : Math.floor(startAfter / dayMs)
    const lastDay = startBefore === undefined ? latestDay : Math.floor(startBefore / dayMs)
    const days = { tenant, firstDay, lastDay }
    /** The part of the outermost day that is not asked for, from which the order is counted. */
    const [from, to] = ascending
      ? [firstDay * dayMs, (startAfter ?? firstDay * dayMs) - 1]
      : [(startBefore ?? (lastDay + 1) * dayMs - 1) + 1, (lastDay + 1) * dayMs - 1]
    let passed = 0
    if (from <= to) {
      const statement = named(`cuts ${status}`, () => rangeCounts(db, status))
      for (const [, , n] of await run(statement, { tenant, froms: [from], tos: [to] })) passed += Number(n)
    }
    const statement = named(`place ${status} ${ascending}`, () =>
      template({ compile: () => hourAt(status, ascending).compile(db) }),
    )
    const [row] = await run(statement, { ...days, offset: offset + passed })
    if (row === undefined) {
      const all = named(`placed ${status}`, () => template({ compile: () => placed(status).compile(db) }))
      const [[total] = []] = await run(all, days)
      return { kind: 'unplaced', offset: Math.max(0, offset + passed - Number(total)) }
    }
    const [hour, before] = row.map(Number) as [number, number]
    const left = offset + passed - before
    if (ascending) {
      const moment = hour * hourMs
      if (startAfter !== undefined && moment <= startAfter) return undefined
      return { kind: 'placed', bound: { startAfter: moment }, offset: left }
    }
    const moment = (hour + 1) * hourMs - 1
    if (startBefore !== undefined && moment >= startBefore) return undefined
    return { kind: 'placed', bound: { startBefore: moment }, offset: left }
  }
}

/** Slots: `tenant`, `firstDay` and `lastDay`. */
function counts(
  status: EngagementQuery['status'],
  unit: keyof typeof unitCodes,
  bounds: RawBuilder<unknown>,
) {
  const statuses = sql.join(statusCodes[status].map((code) => sql.lit(code)))
  return sql`select at, sum(engagements) as n from start_count where tenant = ${slot('tenant')}
    and status in (${statuses}) and unit = ${sql.lit(unitCodes[unit])} and ${bounds} group by at`
}

const ofDays = sql`at between ${slot('firstDay')}::integer and ${slot('lastDay')}::integer`

/** The hour of the row, and how many rows come before that hour; nothing: there are not so many. Slots besides: `offset`. */
function hourAt(status: EngagementQuery['status'], ascending: boolean): RawBuilder<unknown> {
  const direction = sql.raw(ascending ? 'asc' : 'desc')
  const summed = (rows: RawBuilder<unknown>, before: RawBuilder<unknown>) =>
    sql`select at, before from (select at, n, ${before} + sum(n) over (order by at ${direction}) - n as before from ${rows}) as c
      where before + n > ${slot('offset')}::bigint order by at ${direction} limit 1`
  const hours = counts(status, 'hour', sql`at >= d.at * 24 and at < d.at * 24 + 24`)
  return sql`with day as (${summed(sql`(${counts(status, 'day', ofDays)}) as r`, sql`0`)})
    select h.at, h.before from day as d cross join lateral (${summed(sql`(${hours}) as r`, sql`d.before`)}) as h`
}

function placed(status: EngagementQuery['status']): RawBuilder<unknown> {
  return sql`select coalesce(sum(n), 0) from (${counts(status, 'day', ofDays)}) as r`
}
