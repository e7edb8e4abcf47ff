/** Where in the order by start a page begins: found by counts, down to the hour. */

import type { EpochMs } from '../../contract/query/instant.ts'
import { lastWhere } from './last-where.ts'
import type { StartCounts } from './start-counts.ts'
import { hourMs } from './start-days.ts'

export interface StartPlace {
  /** The page begins at or after this moment where starts grow, and before it where they fall. */
  readonly moment: EpochMs
  /** How many rows are to be passed from there. */
  readonly offset: number
}

/** @param offset below how many have a start. @returns nothing where none has */
export function findStartPlace(
  counts: StartCounts,
  direction: 'asc' | 'desc',
  offset: number,
): StartPlace | undefined {
  if (counts.days === undefined) return undefined
  const [first, last] = [counts.days.first, counts.days.last + 1]
  const before = (hour: number) => counts.before(hour * hourMs)
  if (direction === 'asc') {
    const day = lastWhere(first, last, (edge) => before(edge * 24) <= offset)
    const hour = lastWhere(day * 24, (day + 1) * 24, (edge) => before(edge) <= offset)
    return { moment: hour * hourMs, offset: offset - before(hour) }
  }
  // Of all but the rows to be passed: the first edge that they end before.
  const total = before(last * 24)
  const left = total - offset
  const day = lastWhere(first, last, (edge) => before(edge * 24) < left)
  const hour = lastWhere(day * 24, (day + 1) * 24, (edge) => before(edge) < left) + 1
  return { moment: hour * hourMs, offset: offset - (total - before(hour)) }
}
