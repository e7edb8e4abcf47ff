import { describe, expect, it } from 'vitest'
import { presetRange } from './presets.ts'

const iso = ({ from, to }: { from: number | undefined; to: number | undefined }) =>
  [from, to].map((at) => (at === undefined ? undefined : new Date(at).toISOString()))

describe('in Berlin', () => {
  const zone = 'Europe/Berlin'
  // A Friday that has begun there, though not yet in UTC.
  const now = Date.parse('2026-04-02T23:30:00Z')
  const endOfToday = '2026-04-03T21:59:59.999Z'

  it.each([
    ['today', '2026-04-02T22:00:00.000Z', endOfToday],
    ['yesterday', '2026-04-01T22:00:00.000Z', '2026-04-02T21:59:59.999Z'],
    // Across the change to summer time on 29 March: these days began at 23:00 UTC.
    ['7d', '2026-03-27T23:00:00.000Z', endOfToday],
    ['30d', '2026-03-04T23:00:00.000Z', endOfToday],
    ['90d', '2026-01-03T23:00:00.000Z', endOfToday],
    ['week', '2026-03-29T22:00:00.000Z', endOfToday],
    ['month', '2026-03-31T22:00:00.000Z', endOfToday],
    ['any', undefined, undefined],
  ] as const)('%s', (name, from, to) => {
    expect(iso(presetRange(name, now, zone))).toEqual([from, to])
  })

  it('counts days back over the change to winter time', () => {
    const after = Date.parse('2026-10-27T12:00:00Z')
    expect(iso(presetRange('7d', after, zone))).toEqual([
      '2026-10-20T22:00:00.000Z',
      '2026-10-27T22:59:59.999Z',
    ])
  })
})

it('begins the days before one that has no midnight at midnight', () => {
  const now = Date.parse('2026-04-24T10:00:00Z')
  expect(iso(presetRange('yesterday', now, 'Africa/Cairo'))).toEqual([
    '2026-04-22T22:00:00.000Z',
    '2026-04-23T21:59:59.999Z',
  ])
  expect(iso(presetRange('today', now, 'Africa/Cairo'))).toEqual([
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T20:59:59.999Z',
  ])
})
