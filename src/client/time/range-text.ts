/** A range in words. */

import type { Range } from './presets.ts'
import { isDayEdge } from './wall-clock.ts'
import { formatTime, zoneAbbreviation } from './zone.ts'

/** The first and the last moment, such as "16 Nov 2026 00:00:00 CET – 22 Nov 2026 23:59:59 CET". */
export function instantsText({ from, to }: Range, zone: string): string {
  const tell = (at: number) => `${formatTime(at, zone, 'dateTime')} ${zoneAbbreviation(zone, at)}`
  if (from === undefined) return to === undefined ? 'any time' : `until ${tell(to)}`
  return to === undefined ? `since ${tell(from)}` : `${tell(from)} – ${tell(to)}`
}

/** Such as "16 Nov 2026 – 22 Nov 2026", "since 16 Nov 2026 14:00 CET", "any time". Whole days are told as days. */
export function rangeText({ from, to }: Range, zone: string): string {
  if (from === undefined && to === undefined) return 'any time'
  const wholeDays =
    (from === undefined || isDayEdge(from, zone, 'from')) && (to === undefined || isDayEdge(to, zone, 'to'))
  const tell = (at: number) =>
    wholeDays ? formatTime(at, zone, 'day') : formatTime(at, zone, at % 60_000 === 0 ? 'minute' : 'dateTime')
  const named = wholeDays ? '' : ` ${zoneAbbreviation(zone, from ?? to ?? 0)}`
  if (from === undefined) return `until ${tell(to ?? 0)}${named}`
  if (to === undefined) return `since ${tell(from)}${named}`
  const [first, last] = [tell(from), tell(to)]
  return first === last ? `${first}${named}` : `${first} – ${last}${named}`
}
