/** Days and times of day of a zone as the form's fields write them, and the moments they stand for. */
import { tzOffset } from '@date-fns/tz'

/** What date and time inputs hold: `2026-11-22` and `14:16:40`; empty is not given. */
export interface WallClock {
  readonly day: string
  readonly time: string
}

export const nothing: WallClock = { day: '', time: '' }

const secondMs = 1000
const minuteMs = 60_000
const dayMs = 86_400_000

export function toWallClock(at: number | undefined, zone: string): WallClock {
  if (at === undefined) return nothing
  const [day = '', time = ''] = new Date(shownAt(at, zone)).toISOString().split('T')
  return { day, time: time.slice(0, 8) }
}

/**
 * The moment a day and time stand for in the zone. Without a time it is the first moment of the day, or, for the later end of
 * a range, the last. A time that a clock change leaves out is moved by that change, one that comes twice is the first.
 * @returns undefined when there is no day, or none such in the calendar
 */
export function fromWallClock(
  { day, time }: WallClock,
  zone: string,
  end: 'from' | 'to',
): number | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // Date.parse turns 30 February into 2 March; only a day that reads back the same exists.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(`${day}T`)) return undefined
  if (time === '') return end === 'from' ? momentOf(midnight, zone) : momentOf(midnight + dayMs, zone) - 1
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  const at = momentOf(midnight + ((hours * 60 + minutes) * 60 + seconds) * secondMs, zone)
  // A time to the second means that whole second when it closes a range.
  return end === 'from' ? at : at + secondMs - 1
}

/** Whether a moment is the first of its day in the zone, or, as the later end of a range, the last. */
export function isDayEdge(at: number, zone: string, end: 'from' | 'to'): boolean {
  const edge = end === 'from' ? at : at + 1
  return startOfDay(edge, zone) === edge
}

/** The first moment of the day that a moment lies in, or of one so many days later. */
export function startOfDay(at: number, zone: string, daysLater = 0): number {
  return momentOf((Math.floor(shownAt(at, zone) / dayMs) + daysLater) * dayMs, zone)
}

/** What the clocks of the zone show, as the moment at which UTC's clocks show the same. */
function shownAt(at: number, zone: string): number {
  return at + tzOffset(zone, new Date(at)) * minuteMs
}

/**
 * The other way: when the zone's clocks show it. Worked out from the offsets a day before and a day after, since a library's
 * date in a zone answers differently on devices in different zones where a time comes twice.
 */
function momentOf(shown: number, zone: string): number {
  const byEarlierOffset = shown - tzOffset(zone, new Date(shown - dayMs)) * minuteMs
  const byLaterOffset = shown - tzOffset(zone, new Date(shown + dayMs)) * minuteMs
  const fitting = [byEarlierOffset, byLaterOffset].filter((at) => shownAt(at, zone) === shown)
  return fitting.length === 0 ? byEarlierOffset : Math.min(...fitting)
}
