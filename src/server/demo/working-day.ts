/** When people call: by the hour of the day and the day of the week, in the centre's own zone. */
import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns/addDays'
import { startOfDay } from 'date-fns/startOfDay'
import type { Random } from './random.ts'

export const centreZone = 'Europe/Berlin'

const callsOnAWeekday = 300
const shareOfWeekday = [0.05, 1, 1, 1, 1, 1.02, 0.28]
/** Calls by hour: the day shift with its two peaks, and a small night shift. */
const hourWeights = [
  0.02, 0.02, 0.01, 0.01, 0.02, 0.04, 0.08, 0.25, 0.6, 0.85, 1, 1, 0.8, 0.7, 0.8, 0.95, 1, 0.85, 0.6, 0.35,
  0.15, 0.08, 0.05, 0.03,
]
const hourTotal = hourWeights.reduce((sum, weight) => sum + weight, 0)

/** The first moments of the days that a history of `days` days up to `nowMs` touches, oldest first. */
export function daysUntil(nowMs: number, days: number): Date[] {
  const today = startOfDay(new TZDate(nowMs, centreZone))
  return Array.from({ length: days }, (_, index) => addDays(today, index - days + 1))
}

/** The starts of one day's calls, epoch milliseconds on whole seconds, in order. */
export function startsOfDay(random: Random, day: Date): number[] {
  const count = Math.round(
    callsOnAWeekday * (shareOfWeekday[day.getDay()] ?? 1) * (0.85 + random.next() * 0.3),
  )
  return Array.from({ length: count }, () => {
    const second = pickHour(random) * 3600 + random.between(0, 3599)
    return day.getTime() + second * 1000
  }).toSorted((a, b) => a - b)
}

function pickHour(random: Random): number {
  let left = random.next() * hourTotal
  return Math.max(
    0,
    hourWeights.findIndex((weight) => {
      left -= weight
      return left < 0
    }),
  )
}
