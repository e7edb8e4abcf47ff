/** Which partitions are known to be there. They may be made by any instance, and making one that is there changes nothing. */
import type { EpochMs } from '../../../../contract/query/instant.ts'

/** Months since 1970-01; null: of what has no start. */
type Month = number | null

/** A tenant's history of a thousand years. */
const mostKnown = 12_000

export interface MonthsToMake {
  /** Those of some starts that may not be there. */
  missing(tenant: number, starts: readonly (EpochMs | null)[]): readonly Month[]
  made(tenant: number, months: readonly Month[]): void
}

export function monthsToMake(): MonthsToMake {
  const known = new Set<string>()
  return {
    missing: (tenant, starts) =>
      [...new Set(starts.map(monthOf))].filter((month) => !known.has(`${tenant} ${month}`)),
    made(tenant, months) {
      if (known.size > mostKnown) known.clear()
      for (const month of months) known.add(`${tenant} ${month}`)
    },
  }
}

function monthOf(start: EpochMs | null): Month {
  if (start === null) return null
  const date = new Date(start)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}
