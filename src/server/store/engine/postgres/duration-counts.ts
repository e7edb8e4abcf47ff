/** How many engagements lasted each number of whole seconds, kept in the same transaction as the rows. */
import type { StatusCode } from '../../schema.ts'
import type { Columns } from '../../sortable-columns.ts'

/** What an integer of the database can hold: what lasts longer, or less, is counted with them. */
export const [leastSeconds, mostSeconds] = [-(2 ** 31), 2 ** 31 - 1]

export interface DurationChange {
  readonly status: StatusCode
  readonly seconds: number
  /** Below zero where engagements left. */
  readonly engagements: number
}

export interface DurationChanges {
  add(columns: Pick<Columns, 'status' | 'duration'>, engagements: 1 | -1): void
  /** Those that change anything. */
  list(): readonly DurationChange[]
}

export function gatherDurationChanges(): DurationChanges {
  const changes = new Map<string, { -readonly [K in keyof DurationChange]: DurationChange[K] }>()
  return {
    add({ status, duration }, engagements) {
      if (duration === null) return
      const seconds = Math.min(Math.max(Math.floor(duration), leastSeconds), mostSeconds)
      const key = `${status} ${seconds}`
      const known = changes.get(key)
      if (known === undefined) changes.set(key, { status, seconds, engagements })
      else known.engagements += engagements
    },
    list: () => [...changes.values()].filter(({ engagements }) => engagements !== 0),
  }
}
