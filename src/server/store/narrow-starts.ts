/** Filtered ends as a range of starts, for what walks all rows that match. */
import type { Kysely } from 'kysely'
import type { ReadKeptDays } from './kept-days.ts'
import type { AtOneMoment } from './one-moment.ts'
import { keptUnplaced } from './rollup-statements.ts'
import { statusCodes, type Tables } from './schema.ts'
import { joined, type Ranges, startPieces } from './start-pieces.ts'
import type { StatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'

interface Filter extends Ranges {
  readonly status: keyof typeof statusCodes
}

/** @returns the same engagements asked for by fewer starts, where that can be told; nothing: none can match */
export type NarrowStarts = <F extends Filter>(tenant: number, filter: F) => F | undefined

export function createStartNarrowing(
  atOneMoment: AtOneMoment,
  db: Kysely<Tables>,
  prepared: StatementCache,
  versions: TenantVersions,
  keptDays: ReadKeptDays,
): NarrowStarts {
  const narrow = <F extends Filter>(tenant: number, filter: F): F | undefined => {
    const version = versions.now(tenant)
    const statuses = statusCodes[filter.status]
    // What has an end and no start is in no range of starts.
    const endsAlone = statuses.some((status) => {
      const [row] = prepared('unplaced kept', () => keptUnplaced(db)).rows({ tenant, status })
      return row !== undefined && Number(row[0]) > Number(row[1])
    })
    if (endsAlone && filter.startAfter === undefined && filter.startBefore === undefined) return filter
    const spans = joined(
      statuses.flatMap((status) => startPieces(keptDays(tenant, version, status).lengths, filter)),
    )
    const [first, last] = [spans[0], spans.at(-1)]
    if (first === undefined || last === undefined) return undefined
    return { ...filter, startAfter: first.from, startBefore: last.until - 1 }
  }

  return (tenant, filter) => {
    if (filter.endAfter === undefined && filter.endBefore === undefined) return filter
    return atOneMoment(() => narrow(tenant, filter))
  }
}
