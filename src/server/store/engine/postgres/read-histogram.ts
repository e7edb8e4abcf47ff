/**
 * Histograms of PostgreSQL. Where only the start is filtered and buckets are hours or longer they are sums of the kept counts
 * of days or hours, and what of an hour an edge cuts is counted on the index; else one walk counts all buckets.
 */
import type { Kysely } from 'kysely'
import type { BucketLength } from '../../../../contract/model/engagement-histogram.ts'
import type { HistogramQuery } from '../../../../contract/query/histogram-query.ts'
import type { EpochMs } from '../../../../contract/query/instant.ts'
import type { StartHistogram } from '../../../source/start-histogram.ts'
import { bucketsOf, emptyHistogram, histogramOf } from '../../histogram-buckets.ts'
import { letsThrough } from '../../newer-rows.ts'
import type { StatusCode } from '../../schema.ts'
import { countEnded, endedStatements, narrowStarts } from './count-ended.ts'
import {
  bucketCounts,
  outermostStarts,
  rangeCounts,
  unplacedCount,
  wholeBucketCounts,
} from './count-statements.ts'
import type { KeptStarts } from './kept-starts.ts'
import type { Newer } from './newer-engagements.ts'
import type { Matches } from './read-page.ts'
import type { PostgresTables } from './schema.ts'
import { wholeEdges } from './start-counts.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'
import { whereShape, whereValues } from './walk-statements.ts'

/** Shorter than the hours whose counts are kept. */
const bucketsWithinHours: readonly BucketLength[] = ['PT1M', 'PT5M', 'PT10M', 'PT30M']

/**
 * @param newer what came in after the moment that is asked for; nothing: that is too much to be told apart from what is kept
 * @param kept what is kept of starts, where ends are filtered and it is of the present rows
 */
export type ReadHistogram = (
  run: Run,
  matches: Matches,
  query: HistogramQuery,
  newer: readonly Newer[] | undefined,
  kept: KeptStarts | undefined,
) => Promise<StartHistogram>

/** Of each status, one a bucket; one that is not there is none. */
type Counts = Readonly<Record<StatusCode, number[]>>

export function createHistogramReader(db: Kysely<PostgresTables>, named: NameStatement): ReadHistogram {
  const ended = endedStatements(db, named)
  return async (run, { tenant, people, lastKey }, query, newer, kept) => {
    const { status } = query
    const narrowed = kept === undefined ? query : narrowStarts(kept, query)
    if (narrowed === undefined) return emptyHistogram(query)
    const shape = whereShape(narrowed, people.length, lastKey !== undefined)
    const values = whereValues(tenant, people, narrowed, lastKey)
    const text = `${status} ${Object.values(shape).join(' ')}`

    const byWalk = async (bounds: readonly EpochMs[]): Promise<Counts> => {
      const statement = named(`buckets ${text}`, () => bucketCounts(db, shape, status))
      const [first = 0, end = 0] = [bounds[0], bounds.at(-1)]
      const range = {
        startAfter: Math.max(first, narrowed.startAfter ?? first),
        startBefore: Math.min(end - 1, narrowed.startBefore ?? end),
      }
      const counts = noCounts()
      for (const [code, bucket, engagements] of await run(statement, { ...values, ...range, bounds }))
        add(counts, code, Number(bucket) - 1, Number(engagements))
      return counts
    }
    const byKeptCounts = async (bounds: readonly EpochMs[]): Promise<Counts> => {
      const { unit, edges, cuts } = wholeEdges(bounds)
      const counts = noCounts()
      const whole = run(
        named(`whole buckets ${unit} ${status}`, () => wholeBucketCounts(db, unit, status)),
        { tenant, first: edges[0], last: (edges.at(-1) ?? 0) - 1, edges },
      )
      const ranges = { froms: cuts.map(({ from }) => from), tos: cuts.map(({ to }) => to) }
      const inCuts =
        cuts.length === 0
          ? []
          : run(
              named(`cuts ${status}`, () => rangeCounts(db, status)),
              { tenant, ...ranges },
            )
      for (const [code, bucket, engagements] of await whole)
        add(counts, code, Number(bucket) - 1, Number(engagements))
      for (const [range, code, engagements] of await inCuts) {
        const cut = cuts[Number(range) - 1]
        if (cut === undefined) continue
        add(counts, code, cut.counted, -Number(engagements))
        add(counts, code, cut.belongs, Number(engagements))
      }
      return counts
    }

    const ranged = query.startAfter !== undefined || query.startBefore !== undefined
    const everywhere = whereShape(query, people.length, lastKey !== undefined)
    const unplaced = ranged
      ? []
      : run(
          named(`unplaced ${status} ${Object.values(everywhere).join(' ')}`, () =>
            unplacedCount(db, everywhere, status),
          ),
          values,
        )
    const bothEnds = query.startAfter !== undefined && query.startBefore !== undefined
    const outermost = bothEnds
      ? []
      : run(
          named(`outermost ${text}`, () => outermostStarts(db, shape, status)),
          values,
        )
    const unknownStart = Number((await unplaced)[0]?.[0] ?? 0)
    const [first, last] = (await outermost)[0] ?? []
    const from = query.startAfter ?? first
    const to = query.startBefore ?? last
    if (typeof from !== 'number' || typeof to !== 'number') return emptyHistogram(query, unknownStart)
    const buckets = bucketsOf(query, from, to)
    const counted = async (): Promise<Counts> => {
      const { bounds, bucket } = buckets
      const ends = shape.endAfter || shape.endBefore
      if (newer === undefined || people.length > 0 || bucketsWithinHours.includes(bucket))
        return byWalk(bounds)
      if (ends && kept === undefined) return byWalk(bounds)
      const counts =
        kept === undefined
          ? await byKeptCounts(bounds)
          : await countEnded(run, ended, tenant, kept, query, bounds)
      for (const row of newer) {
        const { status: code, start } = row
        if (start === null || !letsThrough(query, row)) continue
        const at = bounds.findLastIndex((bound) => bound <= start)
        if (at < bounds.length - 1) add(counts, code, at, -1)
      }
      return counts
    }
    return histogramOf(buckets, unknownStart, await counted())
  }
}

function noCounts(): Counts {
  return { 0: [], 1: [], 2: [] }
}

/** @param bucket one before the first or after the last is of no bucket */
function add(counts: Counts, code: unknown, bucket: number, engagements: number): void {
  const ofStatus = counts[code as StatusCode]
  if (bucket >= 0) ofStatus[bucket] = (ofStatus[bucket] ?? 0) + engagements
}
