/** Counts with prepared statements: by the kept counts of days where the filter allows it, else along an index. */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { dayCount, daySpan, indexCount } from './count-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import { statusCodes, type Tables } from './schema.ts'
import { createStatementCache } from './statement-cache.ts'

const keptStatements = 128

/**
 * @param people the keys of those of `filter.user` that are known; none of them: the whole tenant is meant
 * @param lastKey the last key that counts; absent: all do
 */
export type CountEngagements = (
  tenant: number,
  people: readonly number[],
  filter: EngagementFilter,
  lastKey: number | undefined,
) => number

export function createEngagementCounter(database: DatabaseSync, db: Kysely<Tables>): CountEngagements {
  const prepared = createStatementCache(database, keptStatements)

  return (tenant, people, filter, lastKey) => {
    const { status, startAfter, startBefore, endAfter, endBefore } = filter
    const wholeDays = endAfter === undefined && endBefore === undefined && lastKey === undefined
    if (people.length === 0 && wholeDays) {
      const ranged = startAfter !== undefined || startBefore !== undefined
      const statement = prepared(`days ${status} ${ranged}`, () => dayCount(db, status, ranged))
      return Number(statement.get({ tenant, ...daySpan(filter) })?.n)
    }
    const shape = filterShape(filter, people.length, lastKey !== undefined)
    const statement = prepared(Object.values(shape).join(' '), () =>
      indexCount(db, shape, statusCodes[status]),
    )
    return Number(statement.get(matchingValues(tenant, people, filter, lastKey))?.n)
  }
}
