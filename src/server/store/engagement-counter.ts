/** Counts: from what is kept of days and hours where no user is asked for, else along an index, or from days of several users. */
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { indexCount } from './count-statement.ts'
import { type CountDaysOfUsers, countedBefore, fewestDays } from './days-of-users.ts'
import { filterShape, matchingValues } from './matching.ts'
import type { NarrowStarts } from './narrow-starts.ts'
import type { AtOneMoment } from './one-moment.ts'
import { statusCodes, type Tables } from './schema.ts'
import type { CountStarts } from './start-counts.ts'
import { dayMs, startDay } from './start-days.ts'
import { unknownStart } from './start-key.ts'
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
  atOneMoment: AtOneMoment,
  db: Kysely<Tables>,
  prepared: StatementCache,
  versions: TenantVersions,
  countStarts: CountStarts,
  narrowStarts: NarrowStarts,
  countDaysOfUsers: CountDaysOfUsers,
): CountEngagements {
  const countKept = (tenant: number, filter: EngagementFilter, lastKey: number | undefined) =>
    atOneMoment(() => {
      const counts = countStarts(tenant, versions.now(tenant), filter, lastKey)
      return counts && counts.before(latestStart) + counts.unplaced()
    })

  const countRows = (
    tenant: number,
    people: readonly number[],
    filter: EngagementFilter,
    lastKey: number | undefined,
  ) => {
    const shape = filterShape(filter, people.length, lastKey !== undefined)
    const statement = prepared(`count ${Object.values(shape).join(' ')}`, () =>
      indexCount(db, shape, statusCodes[filter.status]),
    )
    return Number(statement.get(matchingValues(tenant, people, filter, lastKey))?.n)
  }

  const countOfUsers = (
    tenant: number,
    people: readonly number[],
    filter: EngagementFilter,
    lastKey: number | undefined,
  ) => {
    const { startAfter, startBefore, status } = filter
    const version = versions.now(tenant)
    const first = startAfter === undefined ? undefined : Math.ceil(startAfter / dayMs)
    const end = startBefore === undefined ? undefined : startDay(startBefore + 1)
    if (first !== undefined && end !== undefined && end - first < fewestDays) return undefined
    let sum = 0
    for (const code of statusCodes[status]) {
      const days = countDaysOfUsers(tenant, people, version, code, lastKey)
      if (days === undefined) return undefined
      sum +=
        (end === undefined ? (days.passed.at(-1) ?? 0) : countedBefore(days, end)) -
        (first === undefined ? 0 : countedBefore(days, first))
    }
    const rows = (part: Partial<Pick<EngagementFilter, 'startAfter' | 'startBefore'>>) =>
      countRows(tenant, people, { ...filter, ...part }, lastKey)
    if (first !== undefined && startAfter !== first * dayMs) sum += rows({ startBefore: first * dayMs - 1 })
    if (end !== undefined && startBefore !== end * dayMs - 1) sum += rows({ startAfter: end * dayMs })
    if (first === undefined && end === undefined)
      sum += rows({ startAfter: unknownStart, startBefore: unknownStart })
    return sum
  }

  return (tenant, people, filter, lastKey) => {
    if (people.length === 0)
      return countKept(tenant, filter, lastKey) ?? countRows(tenant, people, filter, lastKey)
    const ended = filter.endAfter !== undefined || filter.endBefore !== undefined
    if (people.length > 1 && !ended) {
      const counted = atOneMoment(() => countOfUsers(tenant, people, filter, lastKey))
      if (counted !== undefined) return counted
    }
    const narrowed = narrowStarts(tenant, filter)
    return narrowed === undefined ? 0 : countRows(tenant, people, narrowed, lastKey)
  }
}
