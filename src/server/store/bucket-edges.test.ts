/** Buckets that tile a range, begin where the zone's clocks say so, and are as short as they may be. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { bucketLengths } from '../../contract/model/engagement-histogram.ts'
import { earliestInstant, latestInstant } from '../../contract/query/instant.ts'
import { bucketEdges } from './bucket-edges.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]
const zone = fc.constantFrom(...zones)
const most = fc.integer({ min: 12, max: 400 })
const dayMs = 86_400_000
const year2000 = Date.UTC(2000, 0)
/** Moments of this century, as far apart as a range may be long: minutes as often as decades. */
const range = fc
  .tuple(fc.integer({ min: year2000, max: Date.UTC(2040, 0) }), fc.double({ min: 0, max: 12, noNaN: true }))
  .map(([from, magnitude]) => [from, from + Math.floor(10 ** magnitude) - 1] as const)

const iso = (at: number) => new Date(at).toISOString()

const clocks = Object.fromEntries(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
  ]),
)

/** What the zone's clocks and calendar show, by the platform alone. */
function shown(at: number, timeZone: string): { date: string; time: string; weekday: string } {
  const parts = Object.fromEntries(
    clocks[timeZone]?.formatToParts(at).map(({ type, value }) => [type, value]) ?? [],
  )
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}`,
    weekday: parts.weekday ?? '',
  }
}

describe('buckets', () => {
  it('tile the range, no more than asked for', () => {
    fc.assert(
      fc.property(range, zone, most, ([from, to], zone, most) => {
        const { edges } = bucketEdges(from, to, zone, most)
        expect(edges.length - 1).toBeGreaterThanOrEqual(1)
        expect(edges.length - 1).toBeLessThanOrEqual(most)
        expect(edges.every((edge, n) => n === 0 || edge > (edges[n - 1] ?? edge))).toBe(true)
        expect(edges[0]).toBeLessThanOrEqual(from)
        expect(edges[1]).toBeGreaterThan(from)
        expect(edges.at(-2)).toBeLessThanOrEqual(to)
        expect(edges.at(-1)).toBeGreaterThan(to)
      }),
      { numRuns: 500 },
    )
  })

  it('of a day and longer begin with the zone’s days, weeks, months and years', () => {
    fc.assert(
      fc.property(range, zone, most, ([from, to], zone, most) => {
        const { bucket, edges } = bucketEdges(from, to, zone, most)
        fc.pre(!bucket.startsWith('PT'))
        for (const edge of edges) {
          const [here, before] = [shown(edge, zone), shown(edge - 1, zone)]
          expect(here.date > before.date).toBe(true)
          if (bucket === 'P1W') expect(here.weekday).toBe('Mon')
          if (/^P\d+[MY]$/.test(bucket)) expect(here.date.slice(8)).toBe('01')
          if (/^P\d+Y$/.test(bucket)) expect(here.date.slice(5, 7)).toBe('01')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of less than a day begin anew with each day, and are of equal length but for its last', () => {
    fc.assert(
      fc.property(range, zone, most, ([from, to], zone, most) => {
        const { bucket, edges } = bucketEdges(from, to, zone, most)
        fc.pre(bucket.startsWith('PT'))
        const lengths = edges.slice(1).map((edge, n) => edge - (edges[n] ?? edge))
        const whole = Math.max(...lengths)
        lengths.forEach((length, n) => {
          const [day, next] = [shown(edges[n] ?? 0, zone).date, shown(edges[n + 1] ?? 0, zone).date]
          // A shorter one ends with its day; the day's first moment is an edge whenever it is passed.
          if (length < whole) expect(next).not.toBe(day)
          if (next !== day) expect(shown((edges[n + 1] ?? 0) - 1, zone).date).toBe(day)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('are of the shortest kind that fits', () => {
    fc.assert(
      fc.property(range, zone, most, ([from, to], zone, most) => {
        const at = bucketLengths.indexOf(bucketEdges(from, to, zone, most).bucket)
        fc.pre(at > 0)
        const shorter = bucketEdges(from, to, zone, 4 * most + 400)
        const fitting = bucketLengths.indexOf(shorter.bucket)
        expect(fitting).toBeLessThanOrEqual(at)
        if (fitting < at) expect(shorter.edges.length - 1).toBeGreaterThan(most)
      }),
      { numRuns: 200 },
    )
  })
})

it.each([
  // 23 hours, and 25: whole hours all the same.
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Europe/Berlin', '2026-10-26', 24],
])('the hours of a day in %s, %s, are %i', (zone, day, hours) => {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const dayStart = bucketEdges(noon, noon, zone, 12).edges
  expect(dayStart).toHaveLength(2)
  const [from = 0] = bucketEdges(noon - dayMs / 2, noon + 5 * dayMs, zone, 12).edges.filter(
    (edge) => shown(edge, zone).date === day,
  )
  const { bucket, edges } = bucketEdges(from, from + hours * 3_600_000 - 1, zone, 30)
  expect(bucket).toBe('PT1H')
  expect(edges).toHaveLength(hours + 1)
  expect(shown(edges.at(-1) ?? 0, zone).time).toBe('00:00:00')
})

it('leaves out the day that Samoa left out', () => {
  const { edges } = bucketEdges(
    Date.parse('2011-12-27T12:00:00Z'),
    Date.parse('2012-01-12T12:00:00Z'),
    'Pacific/Apia',
    20,
  )
  expect(edges.map((edge) => shown(edge, 'Pacific/Apia').date)).not.toContain('2011-12-30')
  expect(edges.map(iso).slice(2, 5)).toEqual([
    '2011-12-29T10:00:00.000Z',
    '2011-12-30T10:00:00.000Z',
    '2011-12-31T10:00:00.000Z',
  ])
})

it.each(zones)(
  'covers all dates that can be written, in %s, with the fewest that may be asked for',
  (zone) => {
    const { bucket, edges } = bucketEdges(earliestInstant, latestInstant, zone, 12)
    expect(bucket).toBe('P1000Y')
    expect(edges.length - 1).toBeLessThanOrEqual(12)
  },
)

it('asks the platform no more for a zone that is written otherwise', () => {
  const names = ['Antarctica/Troll', 'antarctica/troll', 'ANTARCTICA/TROLL', 'aNTARCTICA/tROLL']
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  try {
    const [first, ...others] = names.map((name) => bucketEdges(year2000, year2000 + 40 * dayMs, name, 50))
    for (const other of others) expect(other).toEqual(first)
    // What tells offsets is kept for as long as the process lives.
    const kept = made.mock.calls.filter(([, options]) => options?.timeZoneName !== undefined)
    expect(kept.length).toBeLessThanOrEqual(1)
  } finally {
    made.mockRestore()
  }
})
