/**
 * The parts of `duration_part`, kept with the rows. A batch of writes is gathered, so that each part is touched once; one that
 * has grown too large is split along the index.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { type Compilable, type Kysely, sql } from 'kysely'
import type { StatusCode, Tables } from './schema.ts'
import type { PlacedColumns } from './sortable-columns.ts'
import { fill, slot, template } from './statement.ts'

/** Before every other. */
export const leastId: Uint8Array = new Uint8Array()
/** A larger one is split into such of `splitRows`: what is walked inside of one costs less than the page. */
const mostRows = 2048
export const splitRows = 1024
/** In `duration_part`, where the duration is not known. */
export const unknownDuration = -1

/** Where a part begins, or where in the order an engagement is. */
export interface DurationPlace {
  readonly duration: number
  /** By `shortId`. */
  readonly id: Uint8Array
}

type DurationColumns = Pick<PlacedColumns, 'shortId' | 'status' | 'duration'>

export interface DurationChanges {
  add(columns: DurationColumns, engagements: 1 | -1): void
}

interface GatheredChange extends DurationPlace {
  readonly status: StatusCode
  readonly engagements: 1 | -1
}

export interface DurationParts {
  /** @returns what gathers the changes of a batch, and writes them when the rows are written, in the same transaction */
  gather(): DurationChanges & { write(tenant: number): void }
  /** To be called when another connection may have written, or a transaction was undone. */
  forget(): void
}

export function comparePlaces(a: DurationPlace, b: DurationPlace): number {
  return a.duration === b.duration ? Buffer.compare(a.id, b.id) : a.duration - b.duration
}

/** The last of the places, in order, that does not come after one; -1: all do. */
export function lastPlaceUpTo(places: readonly DurationPlace[], place: DurationPlace): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (comparePlaces(places[middle] as DurationPlace, place) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

export function createDurationParts(database: DatabaseSync, db: Kysely<Tables>): DurationParts {
  const statements = prepareStatements(database, db)
  // Where parts begin, so that a row costs no look-up. Only a split changes it.
  const known = new Map<string, DurationPlace[]>()

  const placesOf = (tenant: number, status: StatusCode): DurationPlace[] => {
    const key = `${tenant} ${status}`
    const there = known.get(key)
    if (there !== undefined) return there
    const places = statements.places({ tenant, status }).map(placeOf)
    // Of known and unknown durations the first part begins at the least that either can be: none has both.
    for (const duration of [0, unknownDuration]) {
      const first = { duration, id: leastId }
      if (!places.some((place) => comparePlaces(place, first) === 0))
        places.splice(lastPlaceUpTo(places, first) + 1, 0, first)
    }
    known.set(key, places)
    return places
  }

  const split = (tenant: number, status: StatusCode, at: number, engagements: number): void => {
    const places = placesOf(tenant, status)
    for (let [part, left] = [at, engagements]; left > mostRows; left -= splitRows, part++) {
      const from = places[part] as DurationPlace
      const where = { tenant, status, duration: from.duration, fromId: from.id }
      const [found] = (from.duration === unknownDuration ? statements.nextUnknown : statements.nextKnown)(
        where,
      )
      const next = found && placeOf(found)
      const after = places[part + 1]
      if (next === undefined || (after !== undefined && comparePlaces(next, after) >= 0)) return
      statements.change({ ...where, engagements: splitRows - left })
      const rest = { duration: next.duration, fromId: next.id, engagements: left - splitRows }
      statements.change({ tenant, status, ...rest })
      places.splice(part + 1, 0, next)
    }
  }

  const write = (tenant: number, changes: readonly GatheredChange[]): void => {
    for (const status of [0, 1, 2] as const) {
      const own = changes.filter((change) => change.status === status)
      if (own.length === 0) continue
      const places = placesOf(tenant, status)
      const parts = new Map<number, number>()
      for (const change of own) {
        const part = lastPlaceUpTo(places, change)
        parts.set(part, (parts.get(part) ?? 0) + change.engagements)
      }
      // From the last to the first: a split moves those after it.
      for (const [part, engagements] of [...parts].sort(([a], [b]) => b - a)) {
        if (engagements === 0) continue
        const { duration, id } = places[part] as DurationPlace
        const [row] = statements.change({ tenant, status, duration, fromId: id, engagements })
        split(tenant, status, part, Number(row?.engagements))
      }
    }
  }

  return {
    gather() {
      const changes: GatheredChange[] = []
      return {
        add({ status, duration, shortId: id }, engagements) {
          changes.push({ status, duration: duration ?? unknownDuration, id, engagements })
        },
        write: (tenant) => write(tenant, changes),
      }
    },
    forget: () => known.clear(),
  }
}

function placeOf({ duration, id }: Readonly<Record<string, unknown>>): DurationPlace {
  return { duration: duration === null ? unknownDuration : Number(duration), id: id as Uint8Array }
}

function prepareStatements(database: DatabaseSync, db: Kysely<Tables>) {
  const rows = (query: Compilable) => {
    const { sql, parameters } = template(query)
    const statement = database.prepare(sql)
    return (values: Readonly<Record<string, SQLInputValue>>) => statement.all(...fill(parameters, values))
  }
  const ofStatus = db
    .selectFrom('engagement')
    .select(['duration', 'id'])
    .where('tenant', '=', slot<number>('tenant'))
    .where('status', '=', slot<StatusCode>('status'))
  const next = (query: typeof ofStatus) =>
    rows(query.orderBy('duration').orderBy('id').limit(sql.lit(1)).offset(sql.lit(splitRows)))

  return {
    places: rows(
      db
        .selectFrom('duration_part')
        .select(['duration', 'from_id as id'])
        .where('tenant', '=', slot<number>('tenant'))
        .where('status', '=', slot<StatusCode>('status'))
        .orderBy('duration')
        .orderBy('from_id'),
    ),
    nextKnown: next(ofStatus.where(sql<boolean>`(duration, id) >= (${slot('duration')}, ${slot('fromId')})`)),
    nextUnknown: next(ofStatus.where('duration', 'is', null).where('id', '>=', slot<Uint8Array>('fromId'))),
    change: rows(
      db
        .insertInto('duration_part')
        .values({
          tenant: slot<number>('tenant'),
          status: slot<StatusCode>('status'),
          duration: slot<number>('duration'),
          from_id: slot<Uint8Array>('fromId'),
          engagements: slot<number>('engagements'),
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'status', 'duration', 'from_id']).doUpdateSet((eb) => ({
            engagements: eb('duration_part.engagements', '+', eb.ref('excluded.engagements')),
          })),
        )
        .returning('engagements'),
    ),
  }
}
