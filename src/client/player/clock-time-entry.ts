/** A time of day as somebody types it, and the moment of an engagement it stands for. */
import { playerTexts } from '../texts/en/player.ts'
import { toWallClock } from '../time/wall-clock.ts'
import { formatTime, zoneAbbreviation } from '../time/zone.ts'

/** When an engagement was, in epoch milliseconds, both ends inclusive, and the zone its times are shown in. */
export interface ClockRange {
  readonly startMs: number
  readonly endMs: number
  readonly zone: string
}

export type ClockTimeReading =
  | { readonly ok: true; readonly atMs: number }
  /** What was wrong, what would be accepted and the range, in words. */
  | { readonly ok: false; readonly message: string }

const secondMs = 1000
const minuteMs = 60_000
const dayMs = 86_400_000

const shape =
  /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m\.?|\s*uhr)?(?:\s+([a-z]{2,5}(?:[+-][\d:]{1,5})?))?$/i

/**
 * Reads `14:19`, `14:19:11` or `2:19 pm`, with the zone after it or without, such as `14:19:11 CET`; German's `14:19 Uhr` too. A minute stands for its
 * first second that lies in the range. A time that comes twice, over midnight or a clock change, is the first in the range;
 * the zone's name tells the two sides of a clock change apart.
 */
export function readClockTime(text: string, range: ClockRange): ClockTimeReading {
  const given = text.trim()
  const wanted = readTime(given)
  if (wanted === undefined) {
    return { ok: false, message: playerTexts().noClockTime(given, rangeText(range)) }
  }
  const { startMs, endMs, zone } = range
  const fitting = momentsOf(wanted, range)
    .filter((at) => at <= endMs && at + wanted.lengthMs > startMs)
    .map((at) => Math.max(at, startMs))
    .filter((at) => wanted.zoneName === undefined || isNamed(wanted.zoneName, zone, at))
  if (fitting.length > 0) return { ok: true, atMs: Math.min(...fitting) }
  return { ok: false, message: playerTexts().notInEngagement(given, rangeText(range)) }
}

interface WantedTime {
  /** Of the day, as clocks show it. */
  readonly sinceMidnightMs: number
  /** A minute or a second, whichever was written. */
  readonly lengthMs: number
  readonly zoneName: string | undefined
}

function readTime(text: string): WantedTime | undefined {
  const [, hourText, minuteText, secondText, half, zoneName] = shape.exec(text) ?? []
  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText ?? 0)]
  if (hourText === undefined || minute > 59 || second > 59) return undefined
  if (half === undefined ? hour > 23 : hour < 1 || hour > 12) return undefined
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return {
    sinceMidnightMs: hours * 60 * minuteMs + minute * minuteMs + second * secondMs,
    lengthMs: secondText === undefined ? minuteMs : secondMs,
    zoneName,
  }
}

/** When the zone's clocks show the time, on the range's first days: later ones only say it again. */
function momentsOf({ sinceMidnightMs }: WantedTime, { startMs, endMs, zone }: ClockRange): number[] {
  const firstDayMs = Math.floor(shownAt(startMs, zone) / dayMs) * dayMs
  const offsetsMs = new Set([startMs, endMs].map((at) => shownAt(at, zone) - wholeSecond(at)))
  return [0, 1, 2].flatMap((day) => {
    const shown = firstDayMs + day * dayMs + sinceMidnightMs
    // A clock change may leave the time out, or bring it twice: only what reads back the same counts.
    return [...offsetsMs].map((offsetMs) => shown - offsetMs).filter((at) => shownAt(at, zone) === shown)
  })
}

/** What the clocks show, as the moment at which UTC's clocks show the same; to the second. */
function shownAt(at: number, zone: string): number {
  const { day, time } = toWallClock(at, zone)
  return Date.parse(`${day}T${time}Z`)
}

function wholeSecond(at: number): number {
  return Math.floor(at / secondMs) * secondMs
}

function isNamed(name: string, zone: string, at: number): boolean {
  return zoneAbbreviation(zone, at).toLowerCase() === name.toLowerCase()
}

function rangeText({ startMs, endMs, zone }: ClockRange): string {
  const [first, last] = [zoneAbbreviation(zone, startMs), zoneAbbreviation(zone, endMs)]
  const sameDay = toWallClock(startMs, zone).day === toWallClock(endMs, zone).day
  const style = sameDay ? 'time' : 'dateTime'
  const [from, to] = [formatTime(startMs, zone, style), formatTime(endMs, zone, style)]
  return playerTexts().runs(first === last ? from : `${from} ${first}`, `${to} ${last}`)
}
