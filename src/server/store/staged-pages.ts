/**
 * Pages of no user that begin far down, or whose ends are filtered: what is kept tells where the page begins, and which starts
 * it can have at all, so that only rows beside it are passed. They are read in stages: spans of starts in their order, then
 * what has no start; or known durations, then unknown ones.
 */
import type { Kysely } from 'kysely'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { counted } from './count-statement.ts'
import type { FindDurationPlace } from './duration-place.ts'
import type { Chosen } from './engagement-batches.ts'
import { filterShape, matching, matchingValues } from './matching.ts'
import { letsThrough, type ReadNewerRows } from './newer-rows.ts'
import type { AtOneMoment } from './one-moment.ts'
import { sortOf } from './page-statement.ts'
import { statusCodes, type Tables } from './schema.ts'
import { type StageShape, stageStatement } from './stage-statement.ts'
import type { CountStarts } from './start-counts.ts'
import { common, earliestStart, latestStart, type StartSpan } from './start-pieces.ts'
import { findStartPlace } from './start-place.ts'
import { template } from './statement.ts'
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

/** Both give the documents, one more than the page where there is one; nothing: it is no such page. */
export interface StagedPages {
  /** Begins where what is kept tells. */
  placed(matches: Matches, query: EngagementQuery): readonly string[] | undefined
  /** A page by duration that begins far down, walked from the beginning of the order, statuses merged on the way. */
  through(matches: Matches, query: EngagementQuery): readonly string[] | undefined
}

export function createStagedPages(
  atOneMoment: AtOneMoment,
  db: Kysely<Tables>,
  prepared: StatementCache,
  kept: {
    readonly versions: TenantVersions
    readonly countStarts: CountStarts
    readonly newerRows: ReadNewerRows
    readonly findDurationPlace: FindDurationPlace
  },
): StagedPages {
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

  const readStage = (
    matches: Matches,
    query: EngagementQuery,
    { known, values }: Stage,
    page: { readonly rows: number; readonly offset: number },
  ): string[] => {
    const all = { ...commonValues(matches, query), ...values }
    const shape = shapeFor(query, known, all)
    const statement = prepared(`stage ${Object.values(shape).join(' ')}`, () => stageStatement(db, shape))
    return statement.rows({ ...all, ...page }).map(([doc]) => String(doc))
  }

  const readPlaced = (matches: Matches, query: EngagementQuery): string[] | undefined => {
    const byStarts = sortOf(query).column === 'start'
    const staged = byStarts ? byStart(matches, query) : byDuration(matches, query)
    if (staged === undefined) return undefined
    const documents: string[] = []
    let { offset } = staged
    for (const stage of staged.stages) {
      const rows = query.limit + 1 - documents.length
      if (rows <= 0) break
      documents.push(...readStage(matches, query, stage, { rows, offset }))
      offset = 0
    }
    return documents
  }

  const readThrough = (matches: Matches, query: EngagementQuery): string[] => {
    const { startAfter, startBefore } = query
    const values: Values = {
      ...(startAfter !== undefined && { startAfter }),
      ...(startBefore !== undefined && { startBefore }),
    }
    const [rows, { offset }] = [query.limit + 1, query]
    const documents = readStage(matches, query, { known: 'known', values }, { rows, offset })
    if (documents.length === rows) return documents
    const passed = documents.length > 0 ? offset : countKnown(matches, query)
    const rest = { rows: rows - documents.length, offset: offset - passed }
    return [...documents, ...readStage(matches, query, { known: 'unknown', values }, rest)]
  }

  /** How many match whose duration is known. */
  const countKnown = ({ tenant, lastKey }: Matches, query: EngagementQuery): number => {
    const { status, ...shape } = filterShape(query, 0, lastKey !== undefined)
    const statement = prepared(`known ${status} ${Object.values(shape).join(' ')}`, () =>
      template(
        matching(db, shape, statusCodes[status])
          .select(counted(shape).as('n'))
          .where('duration', 'is not', null),
      ),
    )
    return Number(statement.get(matchingValues(tenant, [], query, lastKey))?.n)
  }

  return {
    placed(matches, query) {
      const { startAfter, startBefore, endAfter, endBefore } = query
      const ended = endAfter !== undefined || endBefore !== undefined
      const started = startAfter !== undefined || startBefore !== undefined
      const deep = query.offset >= deepOffset
      const helps = sortOf(query).column === 'start' ? deep || ended : deep && !ended && !started
      if (matches.people.length > 0 || !helps) return undefined
      return atOneMoment(() => readPlaced(matches, query))
    },
    through(matches, query) {
      if (matches.people.length > 0 || query.offset < deepOffset || sortOf(query).column === 'start')
        return undefined
      return atOneMoment(() => readThrough(matches, query))
    },
  }
}

function spanStage({ from, until }: StartSpan): Stage {
  return { known: 'known', values: { startAfter: from, startBefore: until - 1 } }
}

type Values = Readonly<Record<string, number | Uint8Array>>

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
