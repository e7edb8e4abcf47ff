/** The days of a zone, and the moments at which they begin. */
import { tzOffset } from '@date-fns/tz'
import type { EpochMs } from '../query/instant.ts'

const minuteMs = 60_000
export const dayMs = 86_400_000

/** What the clocks of the zone show, as the moment at which UTC's clocks show the same. */
export function shownAt(at: EpochMs, zone: string): EpochMs {
  return at + tzOffset(zone, new Date(at)) * minuteMs
}

/**
 * The other way: when the zone's clocks show it. What a clock change leaves out is moved by that change, what comes twice is
 * the first. Worked out from the offsets a day before and a day after, since a library's date in a zone answers differently
 * on devices in different zones where a time comes twice.
 */
export function momentOf(shown: EpochMs, zone: string): EpochMs {
  const byEarlierOffset = shown - tzOffset(zone, new Date(shown - dayMs)) * minuteMs
  const byLaterOffset = shown - tzOffset(zone, new Date(shown + dayMs)) * minuteMs
  const fitting = [byEarlierOffset, byLaterOffset].filter((at) => shownAt(at, zone) === shown)
  return fitting.length === 0 ? byEarlierOffset : Math.min(...fitting)
}

/** The first moment of the day that a moment lies in, or of one so many days later. */
export function startOfDay(at: EpochMs, zone: string, daysLater = 0): EpochMs {
  return momentOf((Math.floor(shownAt(at, zone) / dayMs) + daysLater) * dayMs, zone)
}
