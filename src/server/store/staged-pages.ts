/**
 * Pages of no user that begin far down, or whose ends are filtered: what is kept tells where the page begins, and which starts
 * it can have at all, so that only rows beside it are passed. They are read in stages: spans of starts in their order, then
 * what has no start; or known durations, then unknown ones.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { FindDurationPlace } from './duration-place.ts'
import type { Chosen } from './engagement-batches.ts'
import { letsThrough, type ReadNewerRows } from './newer-rows.ts'
import { sortOf } from './page-statement.ts'
import { statusCodes, type Tables } from './schema.ts'
import { type StageShape, stageStatement } from './stage-statement.ts'
import type { CountStarts } from './start-counts.ts'
import { common, earliestStart, latestStart, type StartSpan } from './start-pieces.ts'
import { findStartPlace } from './start-place.ts'
import type { StatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'

/** Passing fewer rows costs less than finding where they end. */
const deepOffset = 1000

/** A filter without users in the keys of the database. */
type Matches = Omit<Chosen, 'shape'>

interface Stage {
  readonly known: StageShape['known']
  /** Bounds of its own. */
  readonly values: Values
}

interface Staged {
  readonly stages: Iterable<Stage>
  /** Rows to be passed in the first of them. */
  readonly offset: number
}

/** @returns the documents, one more than the page where there is one; nothing: it has to be walked from its beginning */
export type ReadStagedPage = (matches: Matches, query: EngagementQuery) => readonly string[] | undefined

export function createStagedPages(
  database: DatabaseSync,
  db: Kysely<Tables>,
  prepared: StatementCache,
  kept: {
    readonly versions: TenantVersions
    readonly countStarts: CountStarts
    readonly newerRows: ReadNewerRows
    readonly findDurationPlace: FindDurationPlace
  },
): ReadStagedPage {
  const byStart = ({ tenant, lastKey }: Matches, query: EngagementQuery): Staged | undefined => {
    const counts = kept.countStarts(tenant, kept.versions.now(tenant), query, lastKey)
    if (counts === undefined) return undefined
    const { direction } = sortOf(query)
    const ranged = query.startAfter !== undefined || query.startBefore !== undefined
    const spans = direction === 'asc' ? counts.spans : counts.spans.toReversed()
    const unplaced: readonly Stage[] = ranged ? [] : [{ known: 'unknown', values: {} }]
    if (query.offset === 0) return { stages: [...spans.map(spanStage), ...unplaced], offset: 0 }
    const placed = counts.before(latestStart)
    if (query.offset >= placed) return { stages: unplaced, offset: query.offset - placed }
    const place = findStartPlace(counts, direction, query.offset)
    if (place === undefined) return undefined
    const rest: StartSpan =
      direction === 'asc'
        ? { from: place.moment, until: latestStart }
        : { from: earliestStart, until: place.moment }
    const left = spans.map((span) => common(span, rest)).filter(({ from, until }) => from < until)
    return { stages: [...left.map(spanStage), ...unplaced], offset: place.offset }
  }

  const byDuration = ({ tenant, lastKey }: Matches, query: EngagementQuery): Staged | undefined => {
    const version = kept.versions.now(tenant)
    const newer = kept.newerRows(tenant, version, lastKey)
    if (newer === undefined) return undefined
    const { direction } = sortOf(query)
    const statuses = statusCodes[query.status]
    const place = kept.findDurationPlace(
      { tenant, version, statuses, direction, offset: query.offset },
      newer.filter((row) => letsThrough(query, row)),
    )
    const { known, from, offset } = place
    const first: Stage = {
      known,
      values: from === undefined ? {} : { fromAt: from.duration, fromId: from.id },
    }
    return { stages: known === 'known' ? [first, { known: 'unknown', values: {} }] : [first], offset }
  }

  const read = (matches: Matches, query: EngagementQuery): string[] | undefined => {
    const staged = sortOf(query).column === 'start_ms' ? byStart(matches, query) : byDuration(matches, query)
    if (staged === undefined) return undefined
    const documents: string[] = []
    let { offset } = staged
    for (const { known, values } of staged.stages) {
      const rows = query.limit + 1 - documents.length
      if (rows <= 0) break
      const all = { ...commonValues(matches, query), ...values }
      const shape = shapeFor(query, known, all)
      const statement = prepared(`stage ${Object.values(shape).join(' ')}`, () => stageStatement(db, shape))
      for (const [doc] of statement.rows({ ...all, rows, offset })) documents.push(String(doc))
      offset = 0
    }
    return documents
  }

  return (matches, query) => {
    const ended = query.endAfter !== undefined || query.endBefore !== undefined
    const started = query.startAfter !== undefined || query.startBefore !== undefined
    const deep = query.offset >= deepOffset
    const helps = sortOf(query).column === 'start_ms' ? deep || ended : deep && !ended && !started
    if (matches.people.length > 0 || !helps) return undefined
    // Of one moment, whatever another process writes meanwhile.
    database.exec('savepoint page')
    try {
      return read(matches, query)
    } finally {
      database.exec('release page')
    }
  }
}

function spanStage({ from, until }: StartSpan): Stage {
  return { known: 'known', values: { startAfter: from, startBefore: until - 1 } }
}

type Values = Readonly<Record<string, number | string>>

/** Values that every statement of a page may need; those that are not asked for are not there. */
function commonValues({ tenant, lastKey }: Matches, { endAfter, endBefore }: EngagementQuery): Values {
  return {
    tenant,
    ...(lastKey !== undefined && { lastKey }),
    ...(endAfter !== undefined && { endAfter }),
    ...(endBefore !== undefined && { endBefore }),
  }
}

/** The statement that takes these values. */
function shapeFor({ sort, status }: EngagementQuery, known: StageShape['known'], values: Values): StageShape {
  return {
    sort,
    status,
    users: 0,
    startAfter: 'startAfter' in values,
    startBefore: 'startBefore' in values,
    endAfter: 'endAfter' in values,
    endBefore: 'endBefore' in values,
    asOf: 'lastKey' in values,
    plan: 'walk',
    known,
    from: 'fromId' in values,
  }
}
