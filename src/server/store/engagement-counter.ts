/** Counts with prepared statements: by the kept counts of days where the filter allows it, else along an index. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { dayCount, daySpan, indexCount } from './count-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import type { Tables } from './schema.ts'
import { fill, type Template } from './statement.ts'

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
  const kept = new Map<string, { statement: StatementSync; parameters: Template['parameters'] }>()
  const prepared = (key: string, make: () => Template) => {
    const known = kept.get(key)
    if (known) return known
    const { sql, parameters } = make()
    const made = { statement: database.prepare(sql), parameters }
    const [oldest] = kept.keys()
    if (kept.size >= keptStatements && oldest !== undefined) kept.delete(oldest)
    kept.set(key, made)
    return made
  }
  const run = ({ statement, parameters }: ReturnType<typeof prepared>, values: Record<string, number>) =>
    Number(statement.get(...fill(parameters, values))?.n)

  return (tenant, people, filter, lastKey) => {
    const { status, startAfter, startBefore, endAfter, endBefore } = filter
    const wholeDays = endAfter === undefined && endBefore === undefined && lastKey === undefined
    if (people.length === 0 && wholeDays) {
      const ranged = startAfter !== undefined || startBefore !== undefined
      const statement = prepared(`days ${status} ${ranged}`, () => dayCount(db, status, ranged))
      return run(statement, { tenant, ...daySpan(filter) })
    }
    const shape = filterShape(filter, people.length, lastKey !== undefined)
    const statement = prepared(Object.values(shape).join(' '), () => indexCount(db, shape))
    return run(statement, matchingValues(tenant, people, filter, lastKey))
  }
}
