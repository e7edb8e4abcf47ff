/** The days of `start_day`: what a batch of writes does to them, gathered so that each day is touched once. */
import type { EpochMs } from '../../contract/query/instant.ts'
import { type HourColumn, hourColumns, type OpenColumn, openColumns, type StatusCode } from './schema.ts'
import type { Columns } from './sortable-columns.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Days since 1970-01-01, UTC. */
export function startDay(start: EpochMs): number {
  return Math.floor(start / dayMs)
}

/** The hour of its day, UTC, 0 to 23. */
function startHour(start: EpochMs): number {
  return Math.floor((start - startDay(start) * dayMs) / hourMs)
}

/** Below zero where engagements left. */
interface Changed {
  readonly status: StatusCode
  readonly engagements: number
  /** Of these, those without an end. */
  readonly open: number
}

export interface DayChange extends Changed, Readonly<Record<HourColumn | OpenColumn, number>> {
  readonly day: number
  /** From start to end, of those that came; null: none of them has ended. */
  readonly shortest: number | null
  readonly longest: number | null
}

export type StartColumns = Pick<Columns, 'status' | 'start' | 'end'>

export interface DayChanges {
  add(columns: StartColumns, engagements: 1 | -1): void
  /** Those that change anything. */
  list(): DayChange[]
  /** What became of those without a start, where anything did. */
  unplaced(): Changed[]
}

interface GatheredDay {
  readonly status: StatusCode
  readonly day: number
  readonly hours: number[]
  readonly opens: number[]
  shortest: number
  longest: number
}

export function gatherDayChanges(): DayChanges {
  const changes = new Map<string, GatheredDay>()
  const unplaced = new Map<StatusCode, { engagements: number; open: number }>()
  return {
    add({ status, start, end }, engagements) {
      const open = end === null ? engagements : 0
      if (start === null) {
        const change = unplaced.get(status) ?? { engagements: 0, open: 0 }
        change.engagements += engagements
        change.open += open
        unplaced.set(status, change)
        return
      }
      const day = startDay(start)
      const key = `${status} ${day}`
      const change = changes.get(key) ?? {
        status,
        day,
        hours: hourColumns.map(() => 0),
        opens: openColumns.map(() => 0),
        shortest: Number.POSITIVE_INFINITY,
        longest: Number.NEGATIVE_INFINITY,
      }
      const hour = startHour(start)
      change.hours[hour] = (change.hours[hour] ?? 0) + engagements
      change.opens[hour] = (change.opens[hour] ?? 0) + open
      if (end !== null && engagements > 0) {
        change.shortest = Math.min(change.shortest, end - start)
        change.longest = Math.max(change.longest, end - start)
      }
      changes.set(key, change)
    },
    list: () =>
      [...changes.values()]
        .filter(
          ({ hours, opens, shortest, longest }) => shortest <= longest || [...hours, ...opens].some(isChange),
        )
        .map(({ status, day, hours, opens, shortest, longest }) => ({
          status,
          day,
          engagements: sum(hours),
          open: sum(opens),
          shortest: shortest <= longest ? shortest : null,
          longest: shortest <= longest ? longest : null,
          ...eachHour((_, hour) => hours[hour] ?? 0),
          ...eachOpenHour((_, hour) => opens[hour] ?? 0),
        })),
    unplaced: () =>
      [...unplaced]
        .map(([status, change]) => ({ status, ...change }))
        .filter(({ engagements, open }) => isChange(engagements) || isChange(open)),
  }
}

const isChange = (engagements: number) => engagements !== 0
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)

/** Something of each hour of a day, by the name of its column. */
export function eachHour<Value>(of: (column: HourColumn, hour: number) => Value): Record<HourColumn, Value> {
  return Object.fromEntries(hourColumns.map((column, hour) => [column, of(column, hour)])) as Record<
    HourColumn,
    Value
  >
}

/** Likewise, for those without an end. */
export function eachOpenHour<Value>(
  of: (column: OpenColumn, hour: number) => Value,
): Record<OpenColumn, Value> {
  return Object.fromEntries(openColumns.map((column, hour) => [column, of(column, hour)])) as Record<
    OpenColumn,
    Value
  >
}
