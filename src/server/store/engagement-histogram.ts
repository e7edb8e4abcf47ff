/**
 * Histograms with prepared statements. Where no user is asked for and buckets are hours or longer, they are differences
 * between what began before one edge and before the next: whole days and hours (UTC) by their kept counts, and on the index
 * only the shorter part of an hour that an edge cuts, and starts whose ends may or may not match. Of several users the same is
 * done with days. Else each bucket is counted along a covering index.
 */
import type { Kysely } from 'kysely'
import type { BucketLength } from '../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { StartHistogram } from '../source/start-histogram.ts'
import { indexCount } from './count-statement.ts'
import { type CountDaysOfUsers, countedBefore, fewestDays } from './days-of-users.ts'
import { bucketsOf, emptyHistogram, histogramOf } from './histogram-buckets.ts'
import { outermostStart, unplacedCount } from './histogram-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import type { NarrowStarts } from './narrow-starts.ts'
import type { AtOneMoment } from './one-moment.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import type { CountStarts, StartCounts } from './start-counts.ts'
import { dayMs } from './start-days.ts'
import type { StatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'

/** Shorter than the hours whose counts are kept. */
const bucketsWithin: readonly BucketLength[] = ['PT1M', 'PT5M', 'PT10M', 'PT30M']

/**
 * @param people the keys of those of `query.user` that are known; none of them: the whole tenant is meant
 * @param lastKey the last key that counts; absent: all do
 */
export type ReadHistogram = (
  tenant: number,
  people: readonly number[],
  query: HistogramQuery,
  lastKey: number | undefined,
) => StartHistogram

interface KeptForHistograms {
  readonly versions: TenantVersions
  readonly countStarts: CountStarts
  readonly narrowStarts: NarrowStarts
  readonly countDaysOfUsers: CountDaysOfUsers
}

export function createHistogramReader(
  atOneMoment: AtOneMoment,
  prepared: StatementCache,
  db: Kysely<Tables>,
  { versions, countStarts, narrowStarts, countDaysOfUsers }: KeptForHistograms,
): ReadHistogram {
  return (tenant, people, query, lastKey) => {
    const statuses = statusCodes[query.status]
    const narrowed = people.length === 0 ? query : narrowStarts(tenant, query)
    if (narrowed === undefined) return emptyHistogram(query)
    const { shape, values, endFiltered } = filterOf(tenant, people, narrowed, lastKey)
    const text = Object.values(shape).join(' ')

    const outermost = (which: 'first' | 'last'): EpochMs | undefined => {
      const whose = people.length === 0 ? [values] : people.map((person0) => ({ ...values, person0 }))
      const alone = { ...shape, users: Math.min(people.length, 1) }
      const starts = statuses.flatMap((status) => {
        const statement = prepared(`${which} ${status} ${Object.values(alone).join(' ')}`, () =>
          outermostStart(db, alone, status, which),
        )
        return whose.flatMap((of) => {
          const at = statement.get(of)?.at
          return typeof at === 'number' ? [at] : []
        })
      })
      return farthest(which, starts)
    }

    /** By pieces of starts, so that only rows near to the ends that are filtered are passed. */
    const outermostOf = (which: 'first' | 'last', kept: StartCounts): EpochMs | undefined => {
      const starts = statuses.flatMap((status) => {
        const pieces = kept.piecesOf(status).filter(({ count }) => count !== 'without late')
        for (const { from, until, count } of which === 'first' ? pieces : pieces.toReversed()) {
          const within = { ...shape, startAfter: true, startBefore: true, long: count === 'matching long' }
          const statement = prepared(`${which} ${status} ${Object.values(within).join(' ')}`, () =>
            outermostStart(db, within, status, which),
          )
          const at = statement.get({ ...values, startAfter: from, startBefore: until - 1 })?.at
          if (typeof at === 'number') return [at]
        }
        return []
      })
      return farthest(which, starts)
    }

    const countBetween = (status: StatusCode, startAfter: EpochMs, startBefore: EpochMs): number => {
      const ranged = { ...shape, startAfter: true, startBefore: true }
      const statement = prepared(`between ${status} ${text}`, () => indexCount(db, ranged, [status]))
      return Number(statement.get({ ...values, startAfter, startBefore })?.n)
    }

    const countEach = (status: StatusCode, bounds: readonly EpochMs[]): number[] =>
      bounds.slice(1).map((next, n) => countBetween(status, bounds[n] ?? next, next - 1))

    /** How many of several users' began in each bucket; nothing: the rows have to be counted. */
    const countEachOfUsers = (
      version: string,
      status: StatusCode,
      bounds: readonly EpochMs[],
    ): number[] | undefined => {
      const days = countDaysOfUsers(tenant, people, version, status, lastKey)
      if (days === undefined) return undefined
      const before = bounds.map((moment) => {
        const day = Math.round(moment / dayMs)
        const [nearest, counted] = [day * dayMs, countedBefore(days, day)]
        if (moment > nearest) return counted + countBetween(status, nearest, moment - 1)
        if (moment < nearest) return counted - countBetween(status, moment, nearest - 1)
        return counted
      })
      return before.slice(1).map((value, n) => value - (before[n] ?? 0))
    }

    const read = (): StartHistogram => {
      const version = versions.now(tenant)
      const ranged = narrowed.startAfter !== undefined || narrowed.startBefore !== undefined
      const unplaced = () =>
        prepared(`unplaced ${query.status} ${text}`, () => unplacedCount(db, shape, statuses))
      const kept = people.length === 0 ? countStarts(tenant, version, query, lastKey) : undefined
      const unknownStart = kept ? kept.unplaced() : ranged ? 0 : Number(unplaced().get(values)?.n)
      const end = (which: 'first' | 'last') =>
        kept === undefined || !endFiltered ? outermost(which) : outermostOf(which, kept)
      const from = query.startAfter ?? end('first')
      const to = query.startBefore ?? end('last')
      if (from === undefined || to === undefined) return emptyHistogram(query, unknownStart)

      const buckets = bucketsOf(query, from, to)
      const byHours = kept !== undefined && !bucketsWithin.includes(buckets.bucket)
      const byDays =
        people.length > 1 &&
        !endFiltered &&
        !buckets.bucket.startsWith('PT') &&
        to - from > fewestDays * dayMs
      const countsOf = (status: StatusCode): readonly number[] => {
        if (!statuses.includes(status)) return []
        const ofUsers = byDays ? countEachOfUsers(version, status, buckets.bounds) : undefined
        if (ofUsers !== undefined) return ofUsers
        return byHours ? kept.betweenEach(status, buckets.bounds) : countEach(status, buckets.bounds)
      }
      return histogramOf(buckets, unknownStart, { 0: countsOf(0), 1: countsOf(1), 2: countsOf(2) })
    }

    return atOneMoment(read)
  }
}

function farthest(which: 'first' | 'last', starts: readonly EpochMs[]): EpochMs | undefined {
  if (starts.length === 0) return undefined
  return which === 'first' ? Math.min(...starts) : Math.max(...starts)
}

function filterOf(
  tenant: number,
  people: readonly number[],
  query: HistogramQuery,
  lastKey: number | undefined,
) {
  const { status: _, ...shape } = filterShape(query, people.length, lastKey !== undefined)
  const values: Readonly<Record<string, number>> = matchingValues(tenant, people, query, lastKey)
  return { shape, values, endFiltered: shape.endAfter || shape.endBefore }
}
