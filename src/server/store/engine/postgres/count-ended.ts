/**
 * How many engagements of a tenant began in each of some ranges, where their ends are filtered: by what is kept of days and hours,
 * and on the index only for starts whose ends may or may not match, and for what of an hour a range cuts.
 */
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../../../contract/query/instant.ts'
import { type StatusCode, statusCodes } from '../../schema.ts'
import {
  common,
  earliestStart,
  joined,
  latestStart,
  type StartPiece,
  type StartSpan,
  startPieces,
} from '../../start-pieces.ts'
import { endedHourCounts, endedRangeCounts } from './count-statements.ts'
import type { KeptDays, KeptStarts } from './kept-starts.ts'
import type { PostgresTables } from './schema.ts'
import { hourMs } from './start-counts.ts'
import type { NameStatement } from './statement-names.ts'
import type { NamedStatement, Run } from './transactions.ts'

type EndFilter = Pick<EngagementFilter, 'status' | 'startAfter' | 'startBefore' | 'endAfter' | 'endBefore'>

/** What of a bucket has to be asked for, and whether it is added or taken away. */
interface Part {
  readonly status: StatusCode
  readonly bucket: number
  readonly sign: 1 | -1
}

/** Hours since 1970, both inclusive. */
interface HoursPart extends Part {
  readonly from: number
  readonly to: number
}

interface RowsPart extends Part {
  readonly span: StartSpan
  readonly endAfter: EpochMs
  readonly endBefore: EpochMs
}

/** @returns the same engagements asked for by fewer starts, where that can be told; nothing: none can match */
export function narrowStarts<F extends EndFilter>(kept: KeptStarts, filter: F): F | undefined {
  const ranged = filter.startAfter !== undefined || filter.startBefore !== undefined
  const statuses = statusCodes[filter.status]
  if (!ranged && statuses.some((status) => kept[status].endsAlone)) return filter
  const spans = joined(statuses.flatMap((status) => startPieces(kept[status].lengths, filter)))
  const [first, last] = [spans[0], spans.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return { ...filter, startAfter: first.from, startBefore: last.until - 1 }
}

export interface EndedStatements {
  readonly hours: NamedStatement
  readonly rows: NamedStatement
}

export function endedStatements(db: Kysely<PostgresTables>, named: NameStatement): EndedStatements {
  return {
    hours: named('ended hours', () => endedHourCounts(db)),
    rows: named('ended rows', () => endedRangeCounts(db)),
  }
}

/**
 * @param bounds where each bucket begins, and the last has ended
 * @returns of each status, one a bucket; nothing of a status that is not asked for
 */
export async function countEnded(
  run: Run,
  { hours, rows }: EndedStatements,
  tenant: number,
  kept: KeptStarts,
  filter: EndFilter,
  bounds: readonly EpochMs[],
): Promise<Readonly<Record<StatusCode, number[]>>> {
  const counts: Record<StatusCode, number[]> = { 0: [], 1: [], 2: [] }
  const [hourParts, rowParts]: [HoursPart[], RowsPart[]] = [[], []]
  for (const status of statusCodes[filter.status]) {
    counts[status] = new Array<number>(bounds.length - 1).fill(0)
    for (const piece of startPieces(kept[status].lengths, filter))
      for (const { bucket, span } of bucketsIn(piece, bounds)) {
        if (piece.count !== 'all ended') {
          rowParts.push(rowsOf(piece, { status, bucket, span }, filter))
          continue
        }
        for (const [moment, sign] of [
          [span.until, 1],
          [span.from, -1],
        ] as const) {
          const before = endedBefore(kept[status], { status, bucket, sign }, moment)
          counts[status][bucket] = (counts[status][bucket] ?? 0) + sign * before.days
          hourParts.push(...before.hours)
          rowParts.push(...before.rows)
        }
      }
  }
  const asked = [
    ask(run, hours, tenant, hourParts, { froms: ({ from }) => from, tos: ({ to }) => to }),
    ask(run, rows, tenant, rowParts, {
      froms: ({ span }) => span.from,
      tos: ({ span }) => span.until - 1,
      endAfters: ({ endAfter }) => endAfter,
      endBefores: ({ endBefore }) => endBefore,
    }),
  ]
  for (const found of await Promise.all(asked))
    for (const { status, bucket, n } of found) counts[status][bucket] = (counts[status][bucket] ?? 0) + n
  return counts
}

function* bucketsIn(piece: StartPiece, bounds: readonly EpochMs[]) {
  for (let bucket = 0; bucket < bounds.length - 1; bucket++) {
    const span = common(piece, { from: bounds[bucket] ?? 0, until: bounds[bucket + 1] ?? 0 })
    if (span.from < span.until) yield { bucket, span }
  }
}

/** How many that have an end began before a moment: of whole days, and what else has to be asked for. */
function endedBefore(days: KeptDays, part: Part, moment: EpochMs) {
  const hour = Math.round(moment / hourMs)
  const nearest = hour * hourMs
  const day = Math.floor(hour / 24)
  const hours: HoursPart[] = hour === day * 24 ? [] : [{ ...part, from: day * 24, to: hour - 1 }]
  const all = { endAfter: earliestStart, endBefore: latestStart }
  const cut = { from: Math.min(moment, nearest), until: Math.max(moment, nearest) }
  const sign = moment < nearest ? (-part.sign as 1 | -1) : part.sign
  const rows: RowsPart[] = moment === nearest ? [] : [{ ...part, ...all, sign, span: cut }]
  return { days: days.endedBefore(day), hours, rows }
}

function rowsOf(
  { count }: StartPiece,
  { span, ...part }: Omit<Part, 'sign'> & { readonly span: StartSpan },
  { endAfter = earliestStart, endBefore = latestStart }: EndFilter,
): RowsPart {
  return count === 'without late'
    ? { ...part, span, sign: -1, endAfter: endBefore + 1, endBefore: latestStart }
    : { ...part, span, sign: 1, endAfter, endBefore }
}

/** Each range is asked for once, whichever buckets want it. */
async function ask<P extends Part>(
  run: Run,
  statement: NamedStatement,
  tenant: number,
  parts: readonly P[],
  columns: Readonly<Record<string, (part: P) => number>>,
) {
  const of = Map.groupBy(parts, (part) =>
    [part.status, ...Object.values(columns).map((column) => column(part))].join(' '),
  )
  const wanted = [...of.values()]
  const firsts = wanted.flatMap(([first]) => first ?? [])
  if (firsts.length === 0) return []
  const lists = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, firsts.map(column)]),
  )
  const found = await run(statement, { tenant, statuses: firsts.map(({ status }) => status), ...lists })
  return found.flatMap(([number, n]) =>
    (wanted[Number(number) - 1] ?? []).map((part) => ({ ...part, n: part.sign * Number(n) })),
  )
}
