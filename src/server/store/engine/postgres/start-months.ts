/** Which partitions are known to be there. They may be made by any instance, and making one that is there changes nothing. */
import type { EpochMs } from '../../../../contract/query/instant.ts'
import { unknownStart } from './schema.ts'

/** Months since 1970-01; null: of what has no start. */
type Month = number | null

/** A tenant's history of a thousand years. */
const mostKnown = 12_000

export interface MonthsToMake {
  /** Those of some starts that may not be there. */
  missing(tenant: number, starts: readonly (EpochMs | null)[]): readonly Month[]
  made(tenant: number, months: readonly Month[]): void
  /** Somebody has detached some. */
  forget(): void
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
    forget: () => known.clear(),
  }
}

function monthOf(start: EpochMs | null): Month {
  if (start === null) return null
  const date = new Date(start)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** What is somewhere: its start, and its key. */
export interface Place {
  readonly start: EpochMs
  readonly key: number
}

/** Places of one month, as the statements want them. */
interface PlacesOfMonth {
  readonly starts: readonly EpochMs[]
  readonly keys: readonly number[]
  readonly first: EpochMs
  readonly last: EpochMs
}

/** For each month by itself, all at once: a statement of one touches one partition. @returns rows in no order */
export async function byMonths<Row>(
  places: readonly Place[],
  act: (of: PlacesOfMonth) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const months = Map.groupBy(places, ({ start }) => (start === unknownStart ? null : monthOf(start)))
  const found = await Promise.all(
    [...months.values()].map((ofMonth) => {
      const starts = [...new Set(ofMonth.map(({ start }) => start))].sort((a, b) => a - b)
      const [first = 0] = starts
      return act({ starts, keys: ofMonth.map(({ key }) => key), first, last: starts.at(-1) ?? first })
    }),
  )
  return found.flat()
}
