/**
 * How many engagements a filter without users lets through, by when they began: from what is kept of days and hours, and on the
 * index only for the shorter part of an hour that a range cuts, and for starts whose ends may or may not match.
 */
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { indexCount } from './count-statement.ts'
import { unplacedCount } from './histogram-statement.ts'
import { createKeptByVersion } from './kept-by-version.ts'
import type { KeptDays, ReadKeptDays, Which } from './kept-days.ts'
import { filterShape, matchingValues } from './matching.ts'
import { letsThrough, type NewerRow, type ReadNewerRows } from './newer-rows.ts'
import { keptUnplaced } from './rollup-statements.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import { hourMs } from './start-days.ts'
import {
  common,
  earliestStart,
  joined,
  type PieceCount,
  type StartPiece,
  type StartSpan,
  startPieces,
} from './start-pieces.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 64
/** Of one filter: of a few histograms. */
const mostRowCounts = 2000

export interface StartCounts {
  /** The starts that may match, in their order, none touching another; what has no start is apart. */
  readonly spans: readonly StartSpan[]
  /** The same of one status, and how each is counted. */
  piecesOf(status: StatusCode): readonly StartPiece[]
  /** The days of the first and the last that are there, of those statuses; nothing: there are none. */
  readonly days: Readonly<Record<'first' | 'last', number>> | undefined
  /** How many of one status began from each of some moments until the next one, that not included; kept for the same object. */
  betweenEach(status: StatusCode, bounds: readonly EpochMs[]): readonly number[]
  /** How many began before a moment. */
  before(until: EpochMs): number
  /** How many have no start. */
  unplaced(): number
}

/**
 * To be asked in the transaction that has read the version.
 * @param lastKey the last key that counts; absent: all do
 * @returns nothing where too much came in since then for what is kept to answer
 */
export type CountStarts = (
  tenant: number,
  version: string,
  filter: EngagementFilter,
  lastKey: number | undefined,
) => StartCounts | undefined

export function createStartCounts(
  prepared: StatementCache,
  db: Kysely<Tables>,
  keptDays: ReadKeptDays,
  newerRows: ReadNewerRows,
): CountStarts {
  const found = createKeptByVersion<Found>(mostKept)

  return (tenant, version, filter, lastKey) => {
    const newer = newerRows(tenant, version, lastKey)?.filter((row) => letsThrough(filter, row))
    if (newer === undefined) return undefined
    const byEnd = filter.endAfter !== undefined || filter.endBefore !== undefined
    const ranged = filter.startAfter !== undefined || filter.startBefore !== undefined
    const which: Which = byEnd ? 'ended' : 'all'
    const { status: _, ...shape } = filterShape(filter, 0, false)
    const values = matchingValues(tenant, [], filter, undefined)
    const text = Object.values(shape).join(' ')
    const { startAfter, startBefore, endAfter, endBefore } = filter
    const statuses = statusCodes[filter.status].map((status): Kept => {
      const days = keptDays(tenant, version, status)
      const key = `${tenant} ${status} ${startAfter} ${startBefore} ${endAfter} ${endBefore}`
      const made = (): Found => ({
        pieces: startPieces(days.lengths, filter),
        rows: new Map(),
        each: new WeakMap(),
      })
      return { status, days, ...found.of(key, version, made) }
    })

    const rowsBetween = ({ status, rows }: Kept, { from, until }: StartSpan, which: RowCount): number => {
      if (from >= until) return 0
      const key = `${from} ${until} ${which}`
      const counted = rows.get(key)
      if (counted !== undefined) return counted
      // The hour that a moment cuts may reach beyond its piece, to where not all ends match.
      const ends =
        which === 'ended'
          ? { shape: { endAfter: byEnd, endBefore: false }, values: { endAfter: earliestStart } }
          : which === 'late'
            ? { shape: { endAfter: true, endBefore: false }, values: { endAfter: (endBefore ?? 0) + 1 } }
            : { shape: {}, values: {} }
      const long = which === 'late' || which === 'matching long'
      const statement = prepared(`rows ${status} ${text} ${which}`, () =>
        indexCount(db, { ...shape, ...ends.shape, startAfter: true, startBefore: true, long }, [status]),
      )
      const bounds = { ...ends.values, startAfter: from, startBefore: until - 1 }
      const n = Number(statement.get({ ...values, ...bounds })?.n)
      if (rows.size < mostRowCounts) rows.set(key, n)
      return n
    }

    /** How many, with an end where ends are filtered, began before a moment. */
    const keptBefore = (of: Kept, moment: EpochMs): number => {
      const hour = Math.round(moment / hourMs)
      const nearest = hour * hourMs
      const before = of.days.before(hour, which)
      if (moment > nearest) return before + rowsBetween(of, { from: nearest, until: moment }, 'ended')
      if (moment < nearest) return before - rowsBetween(of, { from: moment, until: nearest }, 'ended')
      return before
    }

    const countRows = (of: Kept, count: Exclude<PieceCount, 'all ended'>, part: StartSpan): number =>
      count === 'without late' ? -rowsBetween(of, part, 'late') : rowsBetween(of, part, count)

    const countIn = (of: Kept, piece: StartPiece, span: StartSpan): number => {
      const part = common(piece, span)
      if (part.from >= part.until) return 0
      return piece.count === 'all ended'
        ? keptBefore(of, part.until) - keptBefore(of, part.from)
        : countRows(of, piece.count, part)
    }

    const between = (of: Kept, span: StartSpan): number => {
      let sum = 0
      for (const piece of of.pieces) sum += countIn(of, piece, span)
      for (const { status, start } of newer) if (status === of.status && isIn(span, start)) sum--
      return sum
    }

    /** As `between` for each, but asked once for each edge of what is kept, however many buckets there are. */
    const countEach = (of: Kept, bounds: readonly EpochMs[]): readonly number[] => {
      const known = of.each.get(bounds)
      if (known !== undefined) return known
      const counts = new Array<number>(bounds.length - 1).fill(0)
      for (const piece of of.pieces) {
        let from = Math.max(bounds[0] ?? piece.until, piece.from)
        let before = piece.count === 'all ended' && from < piece.until ? keptBefore(of, from) : 0
        for (let n = 0; n < counts.length && from < piece.until; n++) {
          const until = Math.min(bounds[n + 1] ?? from, piece.until)
          if (until <= from) continue
          if (piece.count === 'all ended') {
            const after = keptBefore(of, until)
            counts[n] = (counts[n] ?? 0) + after - before
            before = after
          } else counts[n] = (counts[n] ?? 0) + countRows(of, piece.count, { from, until })
          from = until
        }
      }
      of.each.set(bounds, counts)
      return counts
    }

    const withoutNewer = (
      { status: own }: Kept,
      bounds: readonly EpochMs[],
      counts: readonly number[],
    ): readonly number[] => {
      if (newer.length === 0) return counts
      const left = [...counts]
      for (const { status, start } of newer) {
        if (status !== own || start === null) continue
        const n = bounds.findLastIndex((bound) => bound <= start)
        if (n >= 0 && n < left.length) left[n] = (left[n] ?? 0) - 1
      }
      return left
    }

    const countUnplaced = (status: StatusCode): number => {
      const [row] = prepared('unplaced kept', () => keptUnplaced(db)).rows({ tenant, status })
      const [engagements, open] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)]
      if (!byEnd) return engagements
      if (engagements === open) return 0
      return Number(
        prepared(`unplaced ${status} ${text}`, () => unplacedCount(db, shape, [status])).get(values)?.n,
      )
    }

    const firsts = statuses.flatMap(({ days }) => days.lengths.slice(0, 1).map(({ day }) => day))
    const lasts = statuses.flatMap(({ days }) => days.lengths.slice(-1).map(({ day }) => day))
    return {
      spans: joined(statuses.flatMap(({ pieces }) => pieces)),
      piecesOf: (status) => statuses.find((one) => one.status === status)?.pieces ?? [],
      days: firsts.length === 0 ? undefined : { first: Math.min(...firsts), last: Math.max(...lasts) },
      betweenEach(status, bounds) {
        const of = statuses.find((one) => one.status === status)
        return of === undefined ? [] : withoutNewer(of, bounds, countEach(of, bounds))
      },
      before: (until) => statuses.reduce((sum, of) => sum + between(of, { from: -Infinity, until }), 0),
      unplaced: () =>
        ranged
          ? 0
          : statuses.reduce((sum, { status }) => sum + countUnplaced(status), 0) -
            newer.filter(({ start }) => start === null).length,
    }
  }
}

/** Rows that ended at all, or as a piece counts them. */
type RowCount = 'ended' | 'matching' | 'matching long' | 'late'

/** What was found out about the starts of a filter, for as long as nothing changes. */
interface Found {
  readonly pieces: readonly StartPiece[]
  /** How many rows are between two moments. */
  readonly rows: Map<string, number>
  /** How many began between each of some moments and the next one. */
  readonly each: WeakMap<readonly EpochMs[], readonly number[]>
}

interface Kept extends Found {
  readonly status: StatusCode
  readonly days: KeptDays
}

function isIn({ from, until }: StartSpan, start: NewerRow['start']): boolean {
  return start !== null && start >= from && start < until
}
