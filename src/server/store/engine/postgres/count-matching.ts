/** How many engagements match a filter: by kept counts of starts where no user is asked for, else along an index. */
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../../../contract/query/engagement-query.ts'
import { statusCodes } from '../../schema.ts'
import { earliestStart, latestStart } from '../../start-pieces.ts'
import { countEnded, endedStatements, narrowStarts } from './count-ended.ts'
import { dayCount, indexCount, unplacedCount } from './count-statements.ts'
import type { KeptStarts } from './kept-starts.ts'
import type { Matches } from './read-page.ts'
import type { PostgresTables } from './schema.ts'
import { daySpan } from './start-counts.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'
import { whereShape, whereValues } from './walk-statements.ts'

/** @param kept what is kept of starts, where ends are filtered and it is of the present rows */
export type CountMatching = (
  run: Run,
  matches: Matches,
  filter: EngagementFilter,
  kept: KeptStarts | undefined,
) => Promise<number>

export function createCounter(db: Kysely<PostgresTables>, named: NameStatement): CountMatching {
  const ended = endedStatements(db, named)

  return async (run, { tenant, people, lastKey }, filter, kept) => {
    const { status, startAfter, startBefore, endAfter, endBefore } = filter
    const byStarts = people.length === 0 && lastKey === undefined
    const ranged = startAfter !== undefined || startBefore !== undefined
    if (byStarts && endAfter === undefined && endBefore === undefined) {
      const statement = named(`count by days ${status} ${ranged}`, () => dayCount(db, status, ranged))
      return Number((await run(statement, { tenant, ...daySpan(filter) }))[0]?.[0])
    }
    const narrowed = kept === undefined ? filter : narrowStarts(kept, filter)
    if (narrowed === undefined) return 0
    const shape = whereShape(narrowed, people.length, lastKey !== undefined)
    if (byStarts && kept !== undefined) {
      const unplaced = named(`unplaced count ${status} ${Object.values(shape).join(' ')}`, () =>
        unplacedCount(db, shape, status),
      )
      const [counts, alone] = await Promise.all([
        countEnded(run, ended, tenant, kept, filter, [earliestStart, latestStart]),
        // Only what has an end and no start keeps a filter as wide as it was.
        narrowed === filter && !ranged ? run(unplaced, whereValues(tenant, [], filter, undefined)) : [],
      ])
      return statusCodes[status].reduce<number>(
        (sum, code) => sum + (counts[code][0] ?? 0),
        Number(alone[0]?.[0] ?? 0),
      )
    }
    const statement = named(`count ${status} ${Object.values(shape).join(' ')}`, () =>
      indexCount(db, shape, status),
    )
    return Number((await run(statement, whereValues(tenant, people, narrowed, lastKey)))[0]?.[0])
  }
}
