/** The days of `start_day`: what a batch of writes does to them, gathered so that each day is touched once. */
import type { EpochMs } from '../../contract/query/instant.ts'
import { type HourColumn, hourColumns, type StatusCode } from './schema.ts'

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

/** Below zero where engagements left the day, or the hour. */
type HourChanges = Record<HourColumn, number>

export interface DayChange extends Readonly<HourChanges> {
  readonly status: StatusCode
  readonly day: number
  readonly engagements: number
}

export interface DayChanges {
  add(status: StatusCode, start: EpochMs | null, engagements: 1 | -1): void
  /** Those that change anything. */
  list(): DayChange[]
}

export function gatherDayChanges(): DayChanges {
  const changes = new Map<string, { status: StatusCode; day: number; hours: number[] }>()
  return {
    add(status, start, engagements) {
      if (start === null) return
      const day = startDay(start)
      const key = `${status} ${day}`
      const change = changes.get(key) ?? { status, day, hours: hourColumns.map(() => 0) }
      const hour = startHour(start)
      change.hours[hour] = (change.hours[hour] ?? 0) + engagements
      changes.set(key, change)
    },
    list: () =>
      [...changes.values()]
        .filter(({ hours }) => hours.some((engagements) => engagements !== 0))
        .map(({ status, day, hours }) => ({
          status,
          day,
          engagements: hours.reduce((sum, engagements) => sum + engagements, 0),
          ...eachHour((_, hour) => hours[hour] ?? 0),
        })),
  }
}

/** Something of each hour of a day, by the name of its column. */
export function eachHour<Value>(of: (column: HourColumn, hour: number) => Value): Record<HourColumn, Value> {
  return Object.fromEntries(hourColumns.map((column, hour) => [column, of(column, hour)])) as Record<
    HourColumn,
    Value
  >
}
