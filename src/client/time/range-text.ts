/** A range in words. */

import type { Range } from './presets.ts'
import { isDayEdge } from './wall-clock.ts'
import { formatTime, zoneAbbreviation } from './zone.ts'

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
