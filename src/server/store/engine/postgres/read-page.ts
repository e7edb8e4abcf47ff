/**
 * The rows of a page of PostgreSQL, in their order. Far down it begins where kept counts tell; else, by start, the months at the end that
 * is asked for are looked at first, as they mostly fill it: of all months together the server plans for longer than it walks.
 */
import { type Kysely, sql } from 'kysely'
import type { EngagementFilter, EngagementQuery } from '../../../../contract/query/engagement-query.ts'
import { slot, template } from '../../statement.ts'
import { toldApart } from './document-reader.ts'
import { createDurationPlaces } from './duration-place.ts'
import type { IsCounted } from './kept-starts.ts'
import type { PostgresTables } from './schema.ts'
import { dayMs } from './start-counts.ts'
import { createStartPlaces, deepOffset } from './start-place.ts'
import type { NameStatement } from './statement-names.ts'
import type { Row, Run } from './transactions.ts'
import { pageWalk, type WalkShape, whereShape, whereValues } from './walk-statements.ts'

/** Offsets up to this are passed over in the time of a page. */
export const shallowOffset = 10_000
/** How much of a history is looked at first for a page of its end. */
const nearMs = 31 * dayMs
/** The last moment that a Date can hold. */
export const latest = 8.64e15

/** What a filter means in the keys of the database. */
export interface Matches {
  readonly tenant: number
  readonly people: readonly number[]
  readonly lastKey: number | undefined
}

/**
 * @param isPresent whether nothing came in after the moment that is asked for: then the kept counts are of it
 * @returns rows that begin with month and key, one more than the page where there is one
 */
export type ReadPage = (
  run: Run,
  matches: Matches,
  query: EngagementQuery,
  isPresent: () => Promise<boolean>,
) => Promise<readonly Row[]>

interface Part {
  readonly rows: number
  readonly offset: number
  /** Only what has no start. */
  readonly only?: 'unknown'
  /** A duration: where the known ones begin. */
  readonly edge?: number | undefined
}

export function shapeOf(
  filter: EngagementFilter,
  sort: EngagementQuery['sort'],
  { people, lastKey }: Matches,
): WalkShape {
  return { ...whereShape(filter, people.length, lastKey !== undefined), sort, status: filter.status }
}

export function createPageReader(
  db: Kysely<PostgresTables>,
  named: NameStatement,
  isCounted: IsCounted,
): ReadPage {
  const findStartPlace = createStartPlaces(db, named)
  const findDurationPlace = createDurationPlaces(db, named)
  const days = (which: 'min' | 'max', status: number) =>
    sql`(select ${sql.raw(which)}(at) from start_count where tenant = ${slot('tenant')} and status = ${sql.lit(status)}
      and unit = 0 and engagements > 0)`
  const outermostDays = named('outermost days', () =>
    template({
      compile: () =>
        sql`select least(${days('min', 0)}, ${days('min', 1)}, ${days('min', 2)}),
          greatest(${days('max', 0)}, ${days('max', 1)}, ${days('max', 2)})`.compile(db),
    }),
  )

  /** The last weeks of those that a sort by start begins with; nothing: the range is no longer, or is sorted otherwise. */
  const endOf = async (run: Run, tenant: number, { sort, startAfter, startBefore }: EngagementQuery) => {
    if (!isByStart(sort)) return undefined
    const [row] = await run(outermostDays, { tenant })
    const [first, last] = (row ?? []).map((day) => (day === null ? undefined : Number(day)))
    if (first === undefined || last === undefined) return undefined
    if (sort === 'newest') {
      const from = Math.min(startBefore ?? latest, (last + 1) * dayMs) - nearMs
      return startAfter !== undefined && startAfter >= from ? undefined : { startAfter: from }
    }
    const to = Math.max(startAfter ?? -latest, first * dayMs) + nearMs
    return startBefore !== undefined && startBefore <= to ? undefined : { startBefore: to }
  }

  const walk = (run: Run, matches: Matches, query: EngagementQuery, { rows, offset, only, edge }: Part) => {
    const shape: WalkShape = {
      ...shapeOf(query, query.sort, matches),
      ...(edge !== undefined && { fromDuration: true as const }),
    }
    const values = {
      ...whereValues(matches.tenant, matches.people, query, matches.lastKey),
      durationEdge: edge,
    }
    const take = Math.min(offset + rows, Number.MAX_SAFE_INTEGER)
    return toldApart((whole) => {
      const statement = named(`page ${whole} ${only} ${Object.values(shape).join(' ')}`, () =>
        pageWalk(db, shape, whole, only),
      )
      return run(statement, { ...values, rows, offset, take })
    })
  }

  /** What is beyond the weeks at the end comes after what is in them. */
  const walkEnd = async (run: Run, matches: Matches, query: EngagementQuery, part: Part) => {
    const end = part.offset <= shallowOffset ? await endOf(run, matches.tenant, query) : undefined
    const nearest = end && (await walk(run, matches, { ...query, ...end }, part))
    return nearest?.length === part.rows ? nearest : walk(run, matches, query, part)
  }

  const readByStart: ReadPage = async (run, matches, query) => {
    const { limit, offset } = query
    const rows = limit + 1
    const place = await findStartPlace(run, matches.tenant, query)
    if (place === undefined) return walkEnd(run, matches, query, { rows, offset })
    const found =
      place.kind === 'placed'
        ? await walkEnd(run, matches, { ...query, ...place.bound }, { rows, offset: place.offset })
        : []
    // What has no start comes after all that has, and is in no range.
    const ranged = query.startAfter !== undefined || query.startBefore !== undefined
    if (ranged || found.length === rows) return found
    const rest = { rows: rows - found.length, offset: place.kind === 'placed' ? 0 : place.offset }
    return [...found, ...(await walk(run, matches, query, { ...rest, only: 'unknown' }))]
  }

  const readByDuration: ReadPage = async (run, matches, query) => {
    const rows = query.limit + 1
    const place = await findDurationPlace(run, matches.tenant, query)
    const { offset } = place
    return place.kind === 'placed'
      ? walk(run, matches, query, { rows, offset, edge: place.edge })
      : walk(run, matches, query, { rows, offset, only: 'unknown' })
  }

  return async (run, matches, query, isPresent) => {
    const asked = { rows: query.limit + 1, offset: query.offset }
    if (!isPlaced(matches, query) || !(await isPresent())) return walkEnd(run, matches, query, asked)
    if (isByStart(query.sort)) return readByStart(run, matches, query, isPresent)
    if (!(await isCounted(run, matches.tenant))) return walkEnd(run, matches, query, asked)
    return readByDuration(run, matches, query, isPresent)
  }
}

function isByStart(sort: EngagementQuery['sort']): boolean {
  return sort === 'newest' || sort === 'oldest'
}

function isPlaced({ people }: Matches, query: EngagementQuery): boolean {
  const { sort, offset, startAfter, startBefore, endAfter, endBefore } = query
  const ended = endAfter !== undefined || endBefore !== undefined
  const ranged = startAfter !== undefined || startBefore !== undefined
  return offset >= deepOffset && people.length === 0 && !ended && (isByStart(sort) || !ranged)
}
