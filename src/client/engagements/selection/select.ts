/** Rows that were chosen by hand. They stay chosen on other pages of rows, so the engagements are kept and not their places. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'

/** By id, in the order of choosing. */
export type Selection = ReadonlyMap<string, EngagementV1>

export const nothing: Selection = new Map()

/** @param to whether they are chosen afterwards; those without an id never are */
export function select(selection: Selection, engagements: readonly EngagementV1[], to: boolean): Selection {
  const next = new Map(selection)
  for (const engagement of engagements) {
    if (engagement.id === undefined) continue
    if (to) next.set(engagement.id, engagement)
    else next.delete(engagement.id)
  }
  return next
}

/** The rows from one to the other, both included, whichever comes first; the second alone where the first is not there. */
export function rowsBetween(
  rows: readonly EngagementV1[],
  from: string | undefined,
  to: string | undefined,
): readonly EngagementV1[] {
  const [a, b] = [from, to].map((id) => rows.findIndex((row) => row.id === id && id !== undefined))
  if (a === undefined || b === undefined || b < 0) return []
  return a < 0 ? rows.slice(b, b + 1) : rows.slice(Math.min(a, b), Math.max(a, b) + 1)
}
