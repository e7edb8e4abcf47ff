/** Days and times of day of a zone as the form's fields write them, and the moments they stand for. */
import { dayMs, momentOf, shownAt, startOfDay } from '../../contract/time/zone-days.ts'

/** What date and time inputs hold: `2026-11-22` and `14:16:40`; empty is not given. */
export interface WallClock {
  readonly day: string
  readonly time: string
}

export const nothing: WallClock = { day: '', time: '' }

const secondMs = 1000

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
