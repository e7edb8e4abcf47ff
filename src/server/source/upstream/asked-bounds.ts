/**
 * The reference's dates have whole seconds and no zone; ours have milliseconds. An upstream is asked for the whole seconds
 * around what was asked for, and whatever lies outside is left out here.
 */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { EngagementFilter } from '../../../contract/query/engagement-query.ts'
import { latestInstant } from '../../../contract/query/instant.ts'

type Bounds = Pick<EngagementFilter, 'startAfter' | 'startBefore' | 'endAfter' | 'endBefore'>

const secondMs = 1000
const lastSecond = latestInstant - (latestInstant % secondMs)

/** A bound as a parameter; `2018-01-15T10:25:11`, UTC. */
export function boundText(name: keyof Bounds, atMs: number): string {
  const round = name.endsWith('After') ? Math.floor : Math.ceil
  const whole = Math.min(round(atMs / secondMs) * secondMs, lastSecond)
  return new Date(whole).toISOString().slice(0, 19)
}

/** Of a row that an upstream let through for the whole seconds: whether it lies within the bounds themselves. */
export function isWithin(
  { startDate, endDate }: Pick<EngagementV1, 'startDate' | 'endDate'>,
  bounds: Bounds,
): boolean {
  return (
    between(startDate, bounds.startAfter, bounds.startBefore) &&
    between(endDate, bounds.endAfter, bounds.endBefore)
  )
}

/** What has no date is for the upstream to judge. */
function between(date: string | undefined, after: number | undefined, before: number | undefined): boolean {
  if (date === undefined) return true
  const at = Date.parse(date)
  return (after === undefined || at >= after) && (before === undefined || at <= before)
}
