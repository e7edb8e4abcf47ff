/**
 * How many engagements began on each day and in each hour, UTC, kept in the same transaction as the rows. One without a start
 * is in none.
 */
import type { EngagementFilter } from '../../../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../../../contract/query/instant.ts'
import type { StatusCode } from '../../schema.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Of `start_count`: what its `at` counts from 1970-01-01 on. */
export type Unit = 'day' | 'hour'
const unitMs: Readonly<Record<Unit, number>> = { day: dayMs, hour: hourMs }
export const unitCodes: Readonly<Record<Unit, number>> = { day: 0, hour: 1 }
const units = ['day', 'hour'] as const

export interface StartChange {
  readonly status: StatusCode
  readonly unit: number
  readonly at: number
  /** Below zero where engagements left. */
  readonly engagements: number
}

export interface StartChanges {
  add(status: StatusCode, start: EpochMs | null, engagements: 1 | -1): void
  /** Those that change anything. */
  list(): readonly StartChange[]
}

export function gatherStartChanges(): StartChanges {
  const changes = new Map<string, { -readonly [K in keyof StartChange]: StartChange[K] }>()
  return {
    add(status, start, engagements) {
      if (start === null) return
      for (const unit of units) {
        const at = Math.floor(start / unitMs[unit])
        const key = `${status} ${unit} ${at}`
        const known = changes.get(key)
        if (known === undefined) changes.set(key, { status, unit: unitCodes[unit], at, engagements })
        else known.engagements += engagements
      }
    },
    list: () => [...changes.values()].filter(({ engagements }) => engagements !== 0),
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
