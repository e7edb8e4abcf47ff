/**
 * Dates on the wire. Source: the reference's `yyyy-mm-dd` and `yyyy-mm-ddThh:mi:ss`. Ours: no zone means UTC; `Z`, `±hh:mm`
 * and a fraction of a second are accepted; a bare date is the first or the last moment of its day, by what it bounds.
 */

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number

/** The first moment that can be written as a date. */
export const earliestInstant: EpochMs = Date.parse('0000-01-01T00:00:00Z')

/** The last one, to the millisecond. */
export const latestInstant: EpochMs = Date.parse('9999-12-31T23:59:59.999Z')

/** Which end of an inclusive range a date stands for. */
export type Bound = 'after' | 'before'

const shape = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?)?$/i
const dayMs = 86_400_000
const lastMomentOfDay = dayMs - 1

export const escapedPlus = '; a + in a URL has to be written %2B'

export const instantShape =
  'a date such as 2018-01-10 or 2018-01-15T10:25:11 (UTC unless it ends in Z or an offset such as +01:00)'

/** Reads a date of the query. @returns the moment, or why the text is none, to be put after "startAfter: ". */
export function parseInstant(text: string, bound: Bound): EpochMs | { readonly wrong: string } {
  const match = shape.exec(text)
  if (!match) {
    // An unescaped + arrives as a space; saying so saves the caller an hour.
    return { wrong: `not a date${/ \d{2}:\d{2}$/.test(text) ? escapedPlus : ''}` }
  }
  const [, year = '', month = '', day = '', hour, minute = '', second = '', fraction = '', zone = 'Z'] = match
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  // Date.parse turns 30 February into 2 March; only a date that reads back the same exists.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(day))
    return { wrong: 'no such day in the calendar' }
  if (hour === undefined) return bound === 'after' ? midnight : midnight + lastMomentOfDay
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { wrong: 'no such time of day' }
  const offset = offsetMs(zone)
  if (offset === undefined) return { wrong: 'no such offset from UTC' }
  const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  // Finer than a millisecond: inclusive ends stay inclusive when the lower one rounds up and the upper one down.
  const nanos = Number(fraction.padEnd(9, '0'))
  const millis = bound === 'after' ? Math.ceil(nanos / 1e6) : Math.floor(nanos / 1e6)
  const at = midnight + time + millis - offset
  // Else it could not be written again, not even in the links of the answer.
  return at < earliestInstant || at > latestInstant
    ? { wrong: 'outside of the years 0000 to 9999 in UTC' }
    : at
}

/** `2018-01-15T10:25:11Z`, with milliseconds only where there are any. Years 0–9999. */
export function formatInstant(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

function offsetMs(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
