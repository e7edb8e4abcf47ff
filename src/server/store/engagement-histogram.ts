/**
 * Histograms with prepared statements. Where only the start is filtered and buckets are days or longer, they are differences
 * between what began before one edge and before the next: whole days (UTC) by their kept counts, and on the index only the
 * shorter part of a day that an edge cuts. Else each bucket is counted along a covering index.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { indexCount } from './count-statement.ts'
import { bucketsOf, emptyHistogram, histogramOf } from './histogram-buckets.ts'
import { daysBetween, outermostStart, unplacedCount } from './histogram-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import { dayMs, startDay } from './start-days.ts'
import { createStatementCache } from './statement-cache.ts'

const keptStatements = 128

/**
 * @param people the keys of those of `query.user` that are known; none of them: the whole tenant is meant
 * @param lastKey the last key that counts; absent: all do
 */
export type ReadHistogram = (
  tenant: number,
  people: readonly number[],
  query: HistogramQuery,
  lastKey: number | undefined,
) => EngagementHistogramV1

export function createHistogramReader(database: DatabaseSync, db: Kysely<Tables>): ReadHistogram {
  const prepared = createStatementCache(database, keptStatements)

  return (tenant, people, query, lastKey) => {
    const statuses = statusCodes[query.status]
    const { shape, values, needsRows } = filterOf(tenant, people, query, lastKey)
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
      if (starts.length === 0) return undefined
      return which === 'first' ? Math.min(...starts) : Math.max(...starts)
    }

    const countBetween = (status: StatusCode, startAfter: EpochMs, startBefore: EpochMs): number => {
      const ranged = { ...shape, startAfter: true, startBefore: true }
      const statement = prepared(`between ${status} ${text}`, () => indexCount(db, ranged, [status]))
      return Number(statement.get({ ...values, startAfter, startBefore })?.n)
    }

    const countEach = (status: StatusCode, bounds: readonly EpochMs[]): number[] =>
      bounds.slice(1).map((next, n) => countBetween(status, bounds[n] ?? next, next - 1))

    /** How many began before each of these moments, counted from some day before them. */
    const countsBefore = (status: StatusCode, moments: readonly EpochMs[]): number[] => {
      const [firstDay, lastDay] = [startDay(moments[0] ?? 0), startDay(moments.at(-1) ?? 0)]
      const days = prepared(`days ${status}`, () => daysBetween(db, status)).all({
        tenant,
        firstDay,
        lastDay,
      })
      let next = 0
      let passed = 0
      return moments.map((moment) => {
        const day = startDay(moment)
        for (; Number(days[next]?.day ?? day) < day; next++) passed += Number(days[next]?.n)
        const midnight = day * dayMs
        if (moment === midnight) return passed
        if (moment - midnight <= dayMs / 2) return passed + countBetween(status, midnight, moment - 1)
        const ofDay = days[next]?.day === day ? Number(days[next]?.n) : 0
        return passed + ofDay - countBetween(status, moment, midnight + dayMs - 1)
      })
    }

    const read = (): EngagementHistogramV1 => {
      const ranged = query.startAfter !== undefined || query.startBefore !== undefined
      const unplaced = () =>
        prepared(`unplaced ${query.status} ${text}`, () => unplacedCount(db, shape, statuses))
      const unknownStart = ranged ? 0 : Number(unplaced().get(values)?.n)
      const from = query.startAfter ?? outermost('first')
      const to = query.startBefore ?? outermost('last')
      if (from === undefined || to === undefined) return emptyHistogram(query, unknownStart)

      const buckets = bucketsOf(query, from, to)
      const byDays = !buckets.bucket.startsWith('PT') && people.length === 0 && !needsRows
      const countsOf = (status: StatusCode): readonly number[] => {
        if (!statuses.includes(status)) return []
        return byDays ? differences(countsBefore(status, buckets.bounds)) : countEach(status, buckets.bounds)
      }
      return histogramOf(buckets, unknownStart, { 0: countsOf(0), 1: countsOf(1), 2: countsOf(2) })
    }

    // Of one moment, whatever another process writes meanwhile.
    database.exec('savepoint histogram')
    try {
      return read()
    } finally {
      database.exec('release histogram')
    }
  }
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, n) => value - (values[n] ?? 0))
}

function filterOf(
  tenant: number,
  people: readonly number[],
  query: HistogramQuery,
  lastKey: number | undefined,
) {
  const { status: _, ...shape } = filterShape(query, people.length, lastKey !== undefined)
  const values: Readonly<Record<string, number>> = matchingValues(tenant, people, query, lastKey)
  /** The kept counts of days know neither ends nor arrivals. */
  const needsRows = shape.endAfter || shape.endBefore || shape.asOf
  return { shape, values, needsRows }
}
