/** The days of `start_day`: what a batch of writes does to them, gathered so that each day is touched once. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { StatusCode } from './schema.ts'

export const dayMs = 86_400_000

/** Days since 1970-01-01, UTC. */
export function startDay(start: EpochMs): number {
  return Math.floor(start / dayMs)
}

export interface DayChange {
  readonly status: StatusCode
  readonly day: number
  /** Below zero where engagements left the day. */
  readonly engagements: number
}

export interface DayChanges {
  add(status: StatusCode, start: EpochMs | null, engagements: 1 | -1): void
  /** Those that are not zero. */
  list(): DayChange[]
}

export function gatherDayChanges(): DayChanges {
  const changes = new Map<string, DayChange>()
  return {
    add(status, start, engagements) {
      if (start === null) return
      const day = startDay(start)
      const key = `${status} ${day}`
      const before = changes.get(key)?.engagements ?? 0
      changes.set(key, { status, day, engagements: before + engagements })
    },
    list: () => [...changes.values()].filter(({ engagements }) => engagements !== 0),
  }
}
