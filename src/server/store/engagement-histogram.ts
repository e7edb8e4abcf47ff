/**
 * Histograms with prepared statements. Where no user is asked for and buckets are hours or longer, they are differences
 * between what began before one edge and before the next: whole days and hours (UTC) by their kept counts, and on the index
 * only the shorter part of an hour that an edge cuts, and starts whose ends may or may not match. Else each bucket is counted
 * along a covering index.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { BucketLength, EngagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../contract/query/histogram-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { indexCount } from './count-statement.ts'
import { createDayCounts } from './day-counts.ts'
import { bucketsOf, emptyHistogram, histogramOf } from './histogram-buckets.ts'
import { outermostStart, unplacedCount } from './histogram-statement.ts'
import { filterShape, matchingValues } from './matching.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import type { CountStarts } from './start-counts.ts'
import { hourMs } from './start-days.ts'
import type { StartSpan } from './start-pieces.ts'
import { createStatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'

const keptStatements = 128
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
) => EngagementHistogramV1

export function createHistogramReader(
  database: DatabaseSync,
  db: Kysely<Tables>,
  versions: TenantVersions,
  countStarts: CountStarts,
): ReadHistogram {
  const prepared = createStatementCache(database, keptStatements)
  const dayCounts = createDayCounts(prepared, db)

  return (tenant, people, query, lastKey) => {
    const statuses = statusCodes[query.status]
    const { shape, values, endFiltered, needsRows } = filterOf(tenant, people, query, lastKey)
    const text = Object.values(shape).join(' ')

    const outermost = (which: 'first' | 'last', span?: StartSpan): EpochMs | undefined => {
      const within =
        span === undefined ? values : { ...values, startAfter: span.from, startBefore: span.until - 1 }
      const whose = people.length === 0 ? [within] : people.map((person0) => ({ ...within, person0 }))
      const alone = {
        ...shape,
        users: Math.min(people.length, 1),
        ...(span !== undefined && { startAfter: true, startBefore: true }),
      }
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

    const outermostOf = (which: 'first' | 'last', spans: readonly StartSpan[]): EpochMs | undefined => {
      for (const span of which === 'first' ? spans : spans.toReversed()) {
        const at = outermost(which, span)
        if (at !== undefined) return at
      }
      return undefined
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
      // Of the hour that a moment cuts, the shorter part is counted on the index, and the rest is kept.
      const nearest = moments.map((moment) => Math.round(moment / hourMs))
      const hours = [...new Set(nearest.map((hour) => positiveRemainder(hour, 24)))].filter(
        (hour) => hour > 0,
      )
      const days = dayCounts({
        tenant,
        version: versions.now(tenant),
        status,
        hours,
        firstDay: Math.floor((nearest[0] ?? 0) / 24),
        lastDay: Math.floor((nearest.at(-1) ?? 0) / 24),
      })
      let next = 0
      let passed = 0
      return moments.map((moment, n) => {
        const hour = nearest[n] ?? 0
        const day = Math.floor(hour / 24)
        for (; Number(days[next]?.[0] ?? day) < day; next++) passed += Number(days[next]?.[1])
        const place = hours.indexOf(hour - day * 24)
        const ofDay = place >= 0 && days[next]?.[0] === day ? Number(days[next]?.[2 + place]) : 0
        const kept = passed + ofDay
        if (moment > hour * hourMs) return kept + countBetween(status, hour * hourMs, moment - 1)
        if (moment < hour * hourMs) return kept - countBetween(status, moment, hour * hourMs - 1)
        return kept
      })
    }

    const read = (): EngagementHistogramV1 => {
      const ranged = query.startAfter !== undefined || query.startBefore !== undefined
      const unplaced = () =>
        prepared(`unplaced ${query.status} ${text}`, () => unplacedCount(db, shape, statuses))
      const kept = people.length === 0 ? countStarts(tenant, versions.now(tenant), query, lastKey) : undefined
      const unknownStart = kept ? kept.unplaced() : ranged ? 0 : Number(unplaced().get(values)?.n)
      const end = (which: 'first' | 'last') =>
        kept === undefined || !endFiltered ? outermost(which) : outermostOf(which, kept.spans)
      const from = query.startAfter ?? end('first')
      const to = query.startBefore ?? end('last')
      if (from === undefined || to === undefined) return emptyHistogram(query, unknownStart)

      const buckets = bucketsOf(query, from, to)
      const byHours = !bucketsWithin.includes(buckets.bucket) && people.length === 0
      const countsOf = (status: StatusCode): readonly number[] => {
        if (!statuses.includes(status)) return []
        if (byHours && !needsRows) return differences(countsBefore(status, buckets.bounds))
        if (!byHours || kept === undefined) return countEach(status, buckets.bounds)
        return buckets.bounds
          .slice(1)
          .map((until, n) => kept.between(status, { from: buckets.bounds[n] ?? until, until }))
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

function positiveRemainder(value: number, by: number): number {
  return ((value % by) + by) % by
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
  const endFiltered = shape.endAfter || shape.endBefore
  /** The bare counts of days and hours know neither ends nor arrivals. */
  const needsRows = endFiltered || shape.asOf
  return { shape, values, endFiltered, needsRows }
}
