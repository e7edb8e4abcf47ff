/** Where the buckets of a histogram begin: the shortest kind that covers a range with no more than so many. */
import { type BucketLength, bucketLengths } from '../../contract/model/engagement-histogram.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { zoneOf } from '../../contract/query/zone.ts'
import { dayMs, momentOf, shownAt, startOfDay } from '../../contract/time/zone-days.ts'

type Unit =
  /** Counted from the first moment of each day. */
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'months'; readonly months: number }

const minuteMs = 60_000
const hourMs = 3_600_000

const units: Readonly<Record<BucketLength, Unit>> = {
  PT1M: { kind: 'time', ms: minuteMs },
  PT5M: { kind: 'time', ms: 5 * minuteMs },
  PT10M: { kind: 'time', ms: 10 * minuteMs },
  PT30M: { kind: 'time', ms: 30 * minuteMs },
  PT1H: { kind: 'time', ms: hourMs },
  PT2H: { kind: 'time', ms: 2 * hourMs },
  PT3H: { kind: 'time', ms: 3 * hourMs },
  PT6H: { kind: 'time', ms: 6 * hourMs },
  PT12H: { kind: 'time', ms: 12 * hourMs },
  P1D: { kind: 'days', days: 1 },
  P1W: { kind: 'days', days: 7 },
  P1M: { kind: 'months', months: 1 },
  P3M: { kind: 'months', months: 3 },
  P1Y: { kind: 'months', months: 12 },
  P10Y: { kind: 'months', months: 120 },
  P100Y: { kind: 'months', months: 1200 },
  P1000Y: { kind: 'months', months: 12_000 },
}

export interface BucketEdges {
  readonly bucket: BucketLength
  /** One more than there are buckets, each later than the one before: the first at or before `from`, the last after `to`. */
  readonly edges: readonly EpochMs[]
}

/**
 * @param asked the name of a zone
 * @param most at least 12
 */
export function bucketEdges(from: EpochMs, to: EpochMs, asked: string, most: number): BucketEdges {
  const zone = zoneOf(asked)
  for (const bucket of bucketLengths) {
    const unit = units[bucket]
    // What cannot fit is not worked out: a clock change makes a bucket longer by hours, a month by days.
    const mostMs =
      unit.kind === 'time' ? unit.ms : unit.kind === 'days' ? unit.days * dayMs : unit.months * 31 * dayMs
    if ((to - from) / mostMs > most + 1) continue
    const edges = edgesOf(unit, from, to, zone)
    if (edges.length - 1 <= most) return { bucket, edges }
  }
  throw new RangeError(`${most} buckets are too few from ${from} to ${to}`)
}

function edgesOf(unit: Unit, from: EpochMs, to: EpochMs, zone: string): EpochMs[] {
  if (unit.kind === 'time') return timesOf(unit.ms, from, to, zone)
  const first = unit.kind === 'days' ? dayIndex(from, zone, unit.days) : monthIndex(from, zone, unit.months)
  const edgeAt = (n: number) =>
    unit.kind === 'days'
      ? momentOf((first + n * unit.days) * dayMs, zone)
      : momentOf(monthStart(first + n * unit.months), zone)
  const edges: EpochMs[] = []
  for (let n = 0; (edges.at(-1) ?? Number.NEGATIVE_INFINITY) <= to; n++) {
    const edge = edgeAt(n)
    // A zone that crossed the date line has left out a whole day: it begins where the next one does.
    if (edges.length === 0 || edge > (edges.at(-1) ?? edge)) edges.push(edge)
  }
  return edges
}

function timesOf(ms: number, from: EpochMs, to: EpochMs, zone: string): EpochMs[] {
  const edges: EpochMs[] = []
  let day = startOfDay(from, zone)
  while (day <= to) {
    const nextDay = startOfDay(day, zone, 1)
    for (let at = day; at < nextDay; at += ms) {
      if (Math.min(at + ms, nextDay) <= from) continue
      edges.push(at)
      if (at > to) return edges
    }
    day = nextDay
  }
  edges.push(day)
  return edges
}

/** Monday, 5 January 1970, was day 4: weeks begin with a day that is 4 more than a multiple of 7. */
const firstMonday = 4

function dayIndex(at: EpochMs, zone: string, days: number): number {
  const day = Math.floor(shownAt(at, zone) / dayMs)
  return days === 1 ? day : day - positiveRemainder(day - firstMonday, days)
}

/** Months since the year 0. */
function monthIndex(at: EpochMs, zone: string, months: number): number {
  const shown = new Date(shownAt(at, zone))
  const month = shown.getUTCFullYear() * 12 + shown.getUTCMonth()
  return month - positiveRemainder(month, months)
}

function monthStart(month: number): EpochMs {
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(Math.floor(month / 12), positiveRemainder(month, 12), 1)
}

function positiveRemainder(value: number, by: number): number {
  return ((value % by) + by) % by
}
