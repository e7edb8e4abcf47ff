/** How many engagements began on each day and in each hour, UTC, kept in the same transaction as the rows. */
import type { EngagementFilter } from '../../../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../../../contract/query/instant.ts'
import type { StatusCode } from '../../schema.ts'
import type { Columns } from '../../sortable-columns.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Of `start_count`: what its `at` counts from 1970-01-01 on; `none` is of what has no start. */
export type Unit = 'day' | 'hour'
const unitMs: Readonly<Record<Unit, number>> = { day: dayMs, hour: hourMs }
export const unitCodes: Readonly<Record<Unit | 'none', number>> = { day: 0, hour: 1, none: 2 }
const units = ['day', 'hour'] as const

export interface StartChange {
  readonly status: StatusCode
  readonly unit: number
  readonly at: number
  /** Below zero where engagements left. */
  readonly engagements: number
  /** Of these, those that have an end. */
  readonly ended: number
  /** From start to end, of those that came; null: none of them has ended. */
  readonly shortest: number | null
  readonly longest: number | null
}

export interface StartChanges {
  add(columns: Pick<Columns, 'status' | 'start' | 'end'>, engagements: 1 | -1): void
  /** Those that change anything. */
  list(): readonly StartChange[]
}

export function gatherStartChanges(): StartChanges {
  const changes = new Map<string, { -readonly [K in keyof StartChange]: StartChange[K] }>()
  const change = (status: StatusCode, unit: Unit | 'none', at: number) => {
    const key = `${status} ${unit} ${at}`
    const known = changes.get(key)
    if (known !== undefined) return known
    const code = unitCodes[unit]
    const made = { status, unit: code, at, engagements: 0, ended: 0, shortest: null, longest: null }
    changes.set(key, made)
    return made
  }
  return {
    add({ status, start, end }, engagements) {
      const of =
        start === null
          ? [change(status, 'none', 0)]
          : units.map((unit) => change(status, unit, Math.floor(start / unitMs[unit])))
      for (const one of of) {
        one.engagements += engagements
        if (end === null) continue
        one.ended += engagements
        if (start === null || engagements < 0) continue
        one.shortest = Math.min(one.shortest ?? end - start, end - start)
        one.longest = Math.max(one.longest ?? end - start, end - start)
      }
    },
    list: () =>
      [...changes.values()].filter(
        ({ engagements, ended, longest }) => engagements !== 0 || ended !== 0 || longest !== null,
      ),
  }
}

/** A start range as whole days, and what is left of the days it cuts: times in epoch milliseconds, all ends inclusive. */
export interface DaySpan {
  readonly firstDay: number
  readonly lastDay: number
  readonly headFrom: number
  readonly headTo: number
  readonly tailFrom: number
  readonly tailTo: number
}

/** The bounds of what a Date can hold, in days. */
const [earliestDay, latestDay] = [-1e8, 1e8]
const nothing = { from: 1, to: 0 }

export function daySpan({
  startAfter,
  startBefore,
}: Pick<EngagementFilter, 'startAfter' | 'startBefore'>): DaySpan {
  const firstDay = startAfter === undefined ? earliestDay : Math.ceil(startAfter / dayMs)
  const lastDay = startBefore === undefined ? latestDay : Math.floor((startBefore + 1) / dayMs) - 1
  // Not one whole day in it: all of it is the head.
  const short = firstDay > lastDay && startAfter !== undefined && startBefore !== undefined
  const head =
    startAfter === undefined ? nothing : { from: startAfter, to: short ? startBefore : firstDay * dayMs - 1 }
  const tail = startBefore === undefined || short ? nothing : { from: (lastDay + 1) * dayMs, to: startBefore }
  return {
    firstDay,
    lastDay,
    headFrom: head.from,
    headTo: head.to,
    tailFrom: tail.from,
    tailTo: tail.to,
  }
}

/** The edges of buckets as whole days or hours, as near to them as can be, and what of an hour is on the other side. */
export interface WholeEdges {
  readonly unit: Unit
  /** In units, in their order. */
  readonly edges: readonly number[]
  readonly cuts: readonly Cut[]
}

/** A part of an hour that an edge cuts: times both inclusive. */
export interface Cut {
  readonly from: EpochMs
  readonly to: EpochMs
  /** The bucket, from 0, that it is counted in by the whole edges, and the one that it is in. */
  readonly counted: number
  readonly belongs: number
}

export function wholeEdges(bounds: readonly EpochMs[]): WholeEdges {
  if (bounds.every((bound) => bound % dayMs === 0))
    return { unit: 'day', edges: bounds.map((bound) => bound / dayMs), cuts: [] }
  const edges = bounds.map((bound) => Math.round(bound / hourMs))
  const cuts = bounds.flatMap((bound, n): Cut[] => {
    const edge = (edges[n] ?? 0) * hourMs
    if (bound > edge) return [{ from: edge, to: bound - 1, counted: n, belongs: n - 1 }]
    return bound < edge ? [{ from: bound, to: edge - 1, counted: n - 1, belongs: n }] : []
  })
  return { unit: 'hour', edges, cuts }
}
