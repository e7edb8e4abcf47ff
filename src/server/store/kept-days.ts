/** What is kept of the days of a tenant's engagements, read once for each state of them. */
import type { Kysely } from 'kysely'
import { createKeptByVersion } from './kept-by-version.ts'
import { keptDays, keptHours } from './rollup-statements.ts'
import type { StatusCode, Tables } from './schema.ts'
import { type DayLengths, firstFrom } from './start-pieces.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 24
/** Days whose hours are read at once. */
const daysAtOnce = 16

/** All of them, or those that have an end. */
export type Which = 'all' | 'ended'

export interface KeptDays {
  /** Days that have any, in their order. */
  readonly lengths: readonly DayLengths[]
  /** How many began before an hour. @param hour since 1970-01-01, UTC */
  before(hour: number, which: Which): number
}

/** To be asked in the transaction that has read the version. */
export type ReadKeptDays = (tenant: number, version: string, status: StatusCode) => KeptDays

export function createKeptDays(prepared: StatementCache, db: Kysely<Tables>): ReadKeptDays {
  const kept = createKeptByVersion<KeptDays>(mostKept)

  const read = (tenant: number, status: StatusCode): KeptDays => {
    const rows = prepared('kept days', () => keptDays(db)).rows({ tenant, status })
    const lengths = rows.map(([day, , , shortest, longest]) => ({
      day: Number(day),
      shortestMs: numberOrNull(shortest),
      longestMs: numberOrNull(longest),
    }))
    const passed: Record<Which, readonly number[]> = {
      all: sumsBefore(rows.map(([, engagements]) => Number(engagements))),
      ended: sumsBefore(rows.map(([, engagements, open]) => Number(engagements) - Number(open))),
    }
    const hoursOf = new Map<number, Record<Which, readonly number[]>>()
    /** Of a day that has any. */
    const hours = (day: number): Record<Which, readonly number[]> | undefined => {
      const known = hoursOf.get(day)
      if (known) return known
      const firstDay = Math.floor(day / daysAtOnce) * daysAtOnce
      const asked = { tenant, status, firstDay, lastDay: firstDay + daysAtOnce - 1 }
      for (const [of, ...counts] of prepared('kept hours', () => keptHours(db)).rows(asked)) {
        const [began, open] = [counts.slice(0, 24).map(Number), counts.slice(24).map(Number)]
        hoursOf.set(Number(of), {
          all: sumsBefore(began),
          ended: sumsBefore(began.map((count, hour) => count - (open[hour] ?? 0))),
        })
      }
      return hoursOf.get(day)
    }
    return {
      lengths,
      before(hour, which) {
        const day = Math.floor(hour / 24)
        const at = firstFrom(lengths, day)
        const days = passed[which][at] ?? 0
        const ofDay = hour - day * 24
        return ofDay > 0 && lengths[at]?.day === day ? days + (hours(day)?.[which][ofDay] ?? 0) : days
      },
    }
  }

  return (tenant, version, status) => kept.of(`${tenant} ${status}`, version, () => read(tenant, status))
}

/** How many there are before each, and at the end how many in all. */
function sumsBefore(counts: readonly number[]): number[] {
  let sum = 0
  return [0, ...counts.map((count) => (sum += count))]
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value)
}
