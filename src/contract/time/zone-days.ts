/** The days of a zone, and the moments at which they begin. */
import { tzOffset } from '@date-fns/tz'
import type { EpochMs } from '../query/instant.ts'

const minuteMs = 60_000
export const dayMs = 86_400_000

/** Since then clocks change on a whole minute of UTC; not all on a quarter of an hour: America/St_Johns did at a minute past. */
const wholeMinutesSince = Date.UTC(1980, 0)
const keptOffsets = 20_000
const keptZones = 32
const offsetsByZone = new Map<string, Map<number, number>>()

/** Minutes east of UTC. The library asks the platform each time, which takes as long as all else that an edge of a day does. */
function offsetAt(at: EpochMs, zone: string): number {
  if (zone === 'UTC') return 0
  if (at < wholeMinutesSince) return tzOffset(zone, new Date(at))
  const minute = Math.floor(at / minuteMs)
  if (offsetsByZone.size >= keptZones && !offsetsByZone.has(zone)) offsetsByZone.clear()
  const offsets = offsetsByZone.get(zone) ?? new Map<number, number>()
  const known = offsets.get(minute)
  if (known !== undefined) return known
  const offset = tzOffset(zone, new Date(at))
  if (offsets.size >= keptOffsets) offsets.clear()
  offsetsByZone.set(zone, offsets.set(minute, offset))
  return offset
}

/** What the clocks of the zone show, as the moment at which UTC's clocks show the same. */
export function shownAt(at: EpochMs, zone: string): EpochMs {
  return at + offsetAt(at, zone) * minuteMs
}

/**
 * The other way: when the zone's clocks show it. What a clock change leaves out is moved by that change, what comes twice is
 * the first. Worked out from the offsets a day before and a day after, since a library's date in a zone answers differently
 * on devices in different zones where a time comes twice.
 */
export function momentOf(shown: EpochMs, zone: string): EpochMs {
  const byEarlierOffset = shown - offsetAt(shown - dayMs, zone) * minuteMs
  const byLaterOffset = shown - offsetAt(shown + dayMs, zone) * minuteMs
  const fitting = [byEarlierOffset, byLaterOffset].filter((at) => shownAt(at, zone) === shown)
  return fitting.length === 0 ? byEarlierOffset : Math.min(...fitting)
}

/** The first moment of the day that a moment lies in, or of one so many days later. */
export function startOfDay(at: EpochMs, zone: string, daysLater = 0): EpochMs {
  return momentOf((Math.floor(shownAt(at, zone) / dayMs) + daysLater) * dayMs, zone)
}
