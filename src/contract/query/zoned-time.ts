/** Moments as a zone’s clocks show them, with the offset, so that they stay moments: `2026-11-22T14:16:40+01:00`. */
import { tzOffset } from '@date-fns/tz'
import type { EpochMs } from './instant.ts'
import { zoneOf } from './zone.ts'

const minuteMs = 60_000
/** Clocks change at whole quarters of an hour; at the few old times when they did not, the text is still the same moment. */
const quarterMs = 15 * minuteMs
const keptOffsets = 10_000

/** A function for many moments of one zone: asking for an offset costs a hundred times what remembering it does. */
export function zonedTime(zone: string): (at: EpochMs) => string {
  const known = zoneOf(zone)
  const offsets = new Map<number, number>()
  const offsetMinutes = (at: EpochMs): number => {
    const quarter = Math.floor(at / quarterMs)
    const there = offsets.get(quarter)
    if (there !== undefined) return there
    if (offsets.size >= keptOffsets) offsets.clear()
    const found = Math.round(tzOffset(known, new Date(at)))
    offsets.set(quarter, found)
    return found
  }
  return (at) => {
    const minutes = offsetMinutes(at)
    const shown = new Date(at + minutes * minuteMs).toISOString().replace('.000Z', 'Z').slice(0, -1)
    const pad = (value: number) => String(value).padStart(2, '0')
    const size = Math.abs(minutes)
    return `${shown}${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  }
}
