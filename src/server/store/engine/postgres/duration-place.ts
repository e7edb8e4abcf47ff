/**
 * Where in the order by duration a page far down begins: by the kept counts, down to the second, so that only rows beside it are
 * passed. For pages of no user and no range, while nothing came in after their moment.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EngagementQuery } from '../../../../contract/query/engagement-query.ts'
import { statusCodes } from '../../schema.ts'
import { slot, template } from '../../statement.ts'
import { leastSeconds, mostSeconds } from './duration-counts.ts'
import type { PostgresTables } from './schema.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'

export type DurationPlace =
  /** The page begins at this duration where they grow, and below it where they fall; absent: at either end of them. */
  | { readonly kind: 'placed'; readonly edge: number | undefined; readonly offset: number }
  /** All whose duration is known come before it. */
  | { readonly kind: 'unplaced'; readonly offset: number }

export type FindDurationPlace = (
  run: Run,
  tenant: number,
  query: Pick<EngagementQuery, 'sort' | 'status' | 'offset'>,
) => Promise<DurationPlace>

export function createDurationPlaces(db: Kysely<PostgresTables>, named: NameStatement): FindDurationPlace {
  return async (run, tenant, { sort, status, offset }) => {
    const ascending = sort === 'shortest'
    const at = named(`duration place ${status} ${ascending}`, () =>
      template({ compile: () => secondAt(status, ascending).compile(db) }),
    )
    const [row] = await run(at, { tenant, offset })
    if (row === undefined) {
      const all = named(`durations ${status}`, () => template({ compile: () => total(status).compile(db) }))
      const [[known] = []] = await run(all, { tenant })
      return { kind: 'unplaced', offset: Math.max(0, offset - Number(known)) }
    }
    const [seconds, before] = row.map(Number) as [number, number]
    const isOutermost = seconds === (ascending ? leastSeconds : mostSeconds)
    const edge = ascending ? seconds : seconds + 1
    return { kind: 'placed', edge: isOutermost ? undefined : edge, offset: offset - before }
  }
}

function countsOf(status: EngagementQuery['status']): RawBuilder<unknown> {
  const statuses = sql.join(statusCodes[status].map((code) => sql.lit(code)))
  return sql`duration_count where tenant = ${slot('tenant')} and status in (${statuses})`
}

/** The seconds of the row, and how many rows come before them; nothing: there are not so many. Slots: `tenant` and `offset`. */
function secondAt(status: EngagementQuery['status'], ascending: boolean): RawBuilder<unknown> {
  const direction = sql.raw(ascending ? 'asc' : 'desc')
  const summed = sql`select seconds, sum(engagements) as n from ${countsOf(status)} group by seconds`
  return sql`select seconds, before from (
      select seconds, n, sum(n) over (order by seconds ${direction}) - n as before from (${summed}) as s) as c
    where before + n > ${slot('offset')}::bigint order by seconds ${direction} limit 1`
}

function total(status: EngagementQuery['status']): RawBuilder<unknown> {
  return sql`select coalesce(sum(engagements), 0) from ${countsOf(status)}`
}
