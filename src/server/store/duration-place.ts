/**
 * Where in the order by duration a page begins: found by the sums of parts, and on the index only inside of the part of each
 * status that the place found is in.
 */
import { type Kysely, sql } from 'kysely'
import { comparePlaces, type DurationPlace, lastPlaceUpTo, unknownDuration } from './duration-parts.ts'
import { createKeptByVersion } from './kept-by-version.ts'
import { lastWhere } from './last-where.ts'
import type { NewerRow } from './newer-rows.ts'
import { keptParts } from './rollup-statements.ts'
import type { StatusCode, Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 12

export interface FoundPlace {
  readonly known: 'known' | 'unknown'
  /** The page begins at or after it where durations grow, and before it where they fall; nothing: at the end of the order. */
  readonly from: DurationPlace | undefined
  /** How many rows are to be passed from there. */
  readonly offset: number
}

/** Parts of the known or of the unknown durations of one status, in their order. */
interface Parts {
  readonly status: StatusCode
  readonly places: readonly DurationPlace[]
  /** How many engagements are before each of them, and at the end how many there are. */
  readonly passed: readonly number[]
}

interface KeptParts {
  readonly known: Parts
  readonly unknown: Parts
}

/**
 * To be asked in the transaction that has read the version.
 * @param newer those of the statuses that do not count
 */
export type FindDurationPlace = (
  asked: {
    readonly tenant: number
    readonly version: string
    readonly statuses: readonly StatusCode[]
    readonly direction: 'asc' | 'desc'
    readonly offset: number
  },
  newer: readonly NewerRow[],
) => FoundPlace

export function createDurationPlaces(prepared: StatementCache, db: Kysely<Tables>): FindDurationPlace {
  const keptOf = createKeptByVersion<KeptParts>(mostKept)
  const mergedOf = createKeptByVersion<readonly DurationPlace[]>(mostKept)

  const read = (tenant: number, status: StatusCode): KeptParts => {
    const rows = prepared('kept parts', () => keptParts(db))
      .rows({ tenant, status })
      .map(([duration, id, engagements]) => ({
        duration: Number(duration),
        id: id as Uint8Array,
        engagements: Number(engagements),
      }))
    const partsOf = (own: typeof rows): Parts => {
      const passed = [0]
      for (const { engagements } of own) passed.push((passed.at(-1) ?? 0) + engagements)
      return { status, places: own, passed }
    }
    return {
      known: partsOf(rows.filter(({ duration }) => duration !== unknownDuration)),
      unknown: partsOf(rows.filter(({ duration }) => duration === unknownDuration)),
    }
  }

  return ({ tenant, version, statuses, direction, offset }, newer) => {
    const kept = statuses.map((status) =>
      keptOf.of(`${tenant} ${status}`, version, () => read(tenant, status)),
    )
    const newerPlaces = newer.map(({ duration, id }) => ({ duration: duration ?? unknownDuration, id }))

    const findAmong = (known: FoundPlace['known'], passing: number): FoundPlace => {
      const parts = kept.map((of) => of[known])
      const isOwn = ({ duration }: DurationPlace) => (duration === unknownDuration) === (known === 'unknown')
      const newerOwn = newerPlaces.filter(isOwn).sort(comparePlaces)
      const edges = mergedOf.of(`${tenant} ${statuses.join('')} ${known}`, version, () =>
        parts.flatMap(({ places }) => places).sort(comparePlaces),
      )
      if (edges.length === 0) return { known, from: undefined, offset: passing }
      const newerBefore = (edge: DurationPlace) => {
        const at = lastPlaceUpTo(newerOwn, edge)
        return isAt(newerOwn[at], edge) ? at : at + 1
      }
      /** At least and at most how many come before an edge, told from the sums alone. */
      const bounds = (edge: DurationPlace): { low: number; high: number } => {
        let [low, high] = [0, 0]
        for (const { places, passed } of parts) {
          const at = lastPlaceUpTo(places, edge)
          const place = places[at]
          if (place === undefined) continue
          low += passed[at] ?? 0
          high += (isAt(place, edge) ? passed[at] : passed[at + 1]) ?? 0
        }
        const without = newerBefore(edge)
        return { low: low - without, high: high - without }
      }
      const exact = (edge: DurationPlace): number =>
        parts.reduce((sum, { status, places, passed }) => {
          const at = lastPlaceUpTo(places, edge)
          const place = places[at]
          if (place === undefined) return sum
          const inside = isAt(place, edge) ? 0 : rowsFrom(tenant, status, known, place, edge)
          return sum + (passed[at] ?? 0) + inside
        }, 0) - newerBefore(edge)

      const edgeAt = (at: number) => edges[at] as DurationPlace
      if (direction === 'asc') {
        // The last edge that no more than the rows to be passed come before.
        const sure = lastWhere(0, edges.length - 1, (at) => bounds(edgeAt(at)).high <= passing)
        const possible = lastWhere(sure, edges.length - 1, (at) => bounds(edgeAt(at)).low <= passing)
        const at = lastWhere(sure, possible, (edge) => exact(edgeAt(edge)) <= passing)
        return at < 0
          ? { known, from: undefined, offset: passing }
          : found(known, edgeAt(at), passing - exact(edgeAt(at)))
      }
      const total = totalOf(parts) - newerOwn.length
      const left = total - passing
      // The first edge that all but the rows to be passed come before.
      const sure = lastWhere(-1, edges.length - 1, (at) => at < 0 || bounds(edgeAt(at)).high < left)
      const possible = lastWhere(sure, edges.length - 1, (at) => at < 0 || bounds(edgeAt(at)).low < left)
      const at = lastWhere(sure, possible, (edge) => edge < 0 || exact(edgeAt(edge)) < left) + 1
      const edge = edges[at]
      if (edge === undefined) return { known, from: undefined, offset: passing }
      return found(known, edge, passing - (total - exact(edge)))
    }

    const totalKnown =
      totalOf(kept.map(({ known }) => known)) -
      newerPlaces.filter(({ duration }) => duration !== unknownDuration).length
    return offset < totalKnown ? findAmong('known', offset) : findAmong('unknown', offset - totalKnown)
  }

  function rowsFrom(
    tenant: number,
    status: StatusCode,
    known: FoundPlace['known'],
    from: DurationPlace,
    until: DurationPlace,
  ): number {
    const statement = prepared(`part rows ${known}`, () => partRows(db, known))
    const values = {
      tenant,
      status,
      fromAt: from.duration,
      fromId: from.id,
      untilAt: until.duration,
      untilId: until.id,
    }
    return Number(statement.get(values)?.n)
  }
}

function isAt(place: DurationPlace | undefined, edge: DurationPlace): boolean {
  return place !== undefined && comparePlaces(place, edge) === 0
}

function found(known: FoundPlace['known'], from: DurationPlace, offset: number): FoundPlace {
  return { known, from, offset }
}

function totalOf(parts: readonly Parts[]): number {
  return parts.reduce((sum, { passed }) => sum + (passed.at(-1) ?? 0), 0)
}

/** Slots: `tenant`, `status`, `fromAt`, `fromId`, `untilAt`, `untilId`; of unknown durations the ids alone. */
function partRows(db: Kysely<Tables>, known: FoundPlace['known']): Template {
  const rows = db
    .selectFrom('engagement')
    .select(sql<number>`count(*)`.as('n'))
    .where('tenant', '=', slot<number>('tenant'))
    .where('status', '=', slot<StatusCode>('status'))
  return template(
    known === 'known'
      ? rows
          .where(sql<boolean>`(duration, id) >= (${slot('fromAt')}, ${slot('fromId')})`)
          .where(sql<boolean>`(duration, id) < (${slot('untilAt')}, ${slot('untilId')})`)
      : rows
          .where('duration', 'is', null)
          .where('id', '>=', slot<Uint8Array>('fromId'))
          .where('id', '<', slot<Uint8Array>('untilId')),
  )
}
