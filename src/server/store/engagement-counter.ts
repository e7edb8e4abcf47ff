/** Counts: from what is kept of days and hours where no user is asked for, else along an index. */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { indexCount } from './count-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import { statusCodes, type Tables } from './schema.ts'
import type { CountStarts } from './start-counts.ts'
import { latestStart } from './start-pieces.ts'
import type { StatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'

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

export function createEngagementCounter(
  database: DatabaseSync,
  db: Kysely<Tables>,
  prepared: StatementCache,
  versions: TenantVersions,
  countStarts: CountStarts,
): CountEngagements {
  const countKept = (tenant: number, filter: EngagementFilter, lastKey: number | undefined) => {
    // Of one moment, whatever another process writes meanwhile.
    database.exec('savepoint count')
    try {
      const counts = countStarts(tenant, versions.now(tenant), filter, lastKey)
      return counts && counts.before(latestStart) + counts.unplaced()
    } finally {
      database.exec('release count')
    }
  }

  return (tenant, people, filter, lastKey) => {
    const kept = people.length === 0 ? countKept(tenant, filter, lastKey) : undefined
    if (kept !== undefined) return kept
    const shape = filterShape(filter, people.length, lastKey !== undefined)
    const statement = prepared(`count ${Object.values(shape).join(' ')}`, () =>
      indexCount(db, shape, statusCodes[filter.status]),
    )
    return Number(statement.get(matchingValues(tenant, people, filter, lastKey))?.n)
  }
}
