/** A range in words. */
import { timesTexts } from '../texts/en/times.ts'
import { isolated } from '../texts/isolated.ts'
import type { Range } from './presets.ts'
import { isDayEdge } from './wall-clock.ts'
import { formatTime, zoneAbbreviation } from './zone.ts'

/** The first and the last moment, such as "16 Nov 2026 00:00:00 CET – 22 Nov 2026 23:59:59 CET". */
export function instantsText({ from, to }: Range, zone: string): string {
  const texts = timesTexts()
  const tell = (at: number) =>
    isolated(`${formatTime(at, zone, 'dateTime')} ${isolated(zoneAbbreviation(zone, at))}`)
  if (from === undefined) return to === undefined ? texts.anyTime : texts.until(tell(to))
  return to === undefined ? texts.since(tell(from)) : texts.between(tell(from), tell(to))
}

/** Such as "16 Nov 2026 – 22 Nov 2026", "since 16 Nov 2026 14:00 CET", "any time". Whole days are told as days. */
export function rangeText({ from, to }: Range, zone: string): string {
  const texts = timesTexts()
  if (from === undefined && to === undefined) return texts.anyTime
  const wholeDays =
    (from === undefined || isDayEdge(from, zone, 'from')) && (to === undefined || isDayEdge(to, zone, 'to'))
  const tell = (at: number) =>
    wholeDays ? formatTime(at, zone, 'day') : formatTime(at, zone, at % 60_000 === 0 ? 'minute' : 'dateTime')
  const zoned = (at: number) =>
    isolated(wholeDays ? tell(at) : `${tell(at)} ${isolated(zoneAbbreviation(zone, at))}`)
  if (from === undefined) return texts.until(zoned(to ?? 0))
  if (to === undefined) return texts.since(zoned(from))
  // Said once, with the last moment told, unless summer time begins or ends between.
  const once = wholeDays || zoneAbbreviation(zone, from) === zoneAbbreviation(zone, to)
  if (once && tell(from) === tell(to)) return texts.at(zoned(to))
  return texts.between(once ? isolated(tell(from)) : zoned(from), zoned(to))
}
