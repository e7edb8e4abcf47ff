import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { toWallClock } from '../time/wall-clock.ts'
import { readClockTime } from './clock-time-entry.ts'

const berlin = 'Europe/Berlin'
const range = (from: string, to: string, zone = berlin) => ({
  startMs: Date.parse(from),
  endMs: Date.parse(to),
  zone,
})
const read = (text: string, of: ReturnType<typeof range>) => {
  const reading = readClockTime(text, of)
  return reading.ok ? new Date(reading.atMs).toISOString() : reading.message
}
const afternoon = range('2026-11-22T13:16:40.500Z', '2026-11-22T13:23:52Z')

test.each([
  ['14:19', '2026-11-22T13:19:00.000Z'],
  ['14:19:11', '2026-11-22T13:19:11.000Z'],
  [' 2:19 pm ', '2026-11-22T13:19:00.000Z'],
  ['02:19:11 P.M.', '2026-11-22T13:19:11.000Z'],
  ['2:19pm', '2026-11-22T13:19:00.000Z'],
  ['14:19:11 CET', '2026-11-22T13:19:11.000Z'],
  ['14:19 Uhr', '2026-11-22T13:19:00.000Z'],
  ['14:19:11 Uhr CET', '2026-11-22T13:19:11.000Z'],
  ['2:19 pm cet', '2026-11-22T13:19:00.000Z'],
  // The minute and the second in which it began, though not their first moments.
  ['14:16', '2026-11-22T13:16:40.500Z'],
  ['14:16:40', '2026-11-22T13:16:40.500Z'],
  ['14:23:52', '2026-11-22T13:23:52.000Z'],
])('%j in an afternoon', (text, at) => expect(read(text, afternoon)).toBe(at))

const runs = 'This engagement runs from 14:16:40 to 14:23:52 CET.'

test.each(['14:15', '14:16:39', '14:23:53', '14:24', '02:31', '2:19', '2:19 am', '14:19 CEST'])(
  '%s is not in it, and the message says when it was',
  (text) => expect(read(text, afternoon)).toBe(`${text} is not in this engagement. ${runs}`),
)

test.each([
  '',
  'noon',
  '14',
  '1419',
  '24:00',
  '14:60',
  '14:19:60',
  '13:19 pm',
  '0:19 am',
  '14:1',
  '14:19:1',
  '-1:19',
])('“%s” is no clock time, and the message says what would be', (text) =>
  expect(read(text, afternoon)).toBe(
    `“${text}” is not a clock time. Expected a time such as 14:19, 14:19:11 or 2:19 pm. ${runs}`,
  ),
)

test('noon and midnight by the twelve-hour clock', () => {
  expect(read('12:05 pm', range('2026-11-22T11:00:00Z', '2026-11-22T12:00:00Z'))).toBe(
    '2026-11-22T11:05:00.000Z',
  )
  expect(read('12:05 am', range('2026-11-22T23:00:00Z', '2026-11-23T00:00:00Z'))).toBe(
    '2026-11-22T23:05:00.000Z',
  )
})

describe('across midnight', () => {
  const night = range('2026-11-22T22:58:10Z', '2026-11-22T23:04:00Z')
  it.each([
    ['23:59', '2026-11-22T22:59:00.000Z'],
    ['00:00', '2026-11-22T23:00:00.000Z'],
    ['0:03:59', '2026-11-22T23:03:59.000Z'],
    [
      '23:57',
      '23:57 is not in this engagement. This engagement runs from 22 Nov 2026 23:58:10 to 23 Nov 2026 00:04:00 CET.',
    ],
  ])('%s', (text, answer) => expect(read(text, night)).toBe(answer))
})

describe('across the change to summer time, which leaves an hour out', () => {
  const spring = range('2026-03-29T00:50:00Z', '2026-03-29T01:10:00Z')
  it.each([
    ['01:59:59', '2026-03-29T00:59:59.000Z'],
    ['03:00', '2026-03-29T01:00:00.000Z'],
    ['3:05 am CEST', '2026-03-29T01:05:00.000Z'],
    ['02:30', '02:30 is not in this engagement. This engagement runs from 01:50:00 CET to 03:10:00 CEST.'],
  ])('%s', (text, answer) => expect(read(text, spring)).toBe(answer))
})

describe('across the change to winter time, which brings an hour twice', () => {
  const autumn = range('2026-10-25T00:20:00Z', '2026-10-25T01:40:00Z')
  it.each([
    ['02:30', '2026-10-25T00:30:00.000Z'],
    ['02:30 CEST', '2026-10-25T00:30:00.000Z'],
    ['02:30 CET', '2026-10-25T01:30:00.000Z'],
    // The first time it was 02:10, the engagement had not begun.
    ['02:10', '2026-10-25T01:10:00.000Z'],
    ['02:50', '2026-10-25T00:50:00.000Z'],
  ])('%s', (text, answer) => expect(read(text, autumn)).toBe(answer))
})

describe('whatever the zone and the time', () => {
  const changes = [
    [berlin, '2026-03-29T01:00:00Z'],
    [berlin, '2026-10-25T01:00:00Z'],
    ['America/St_Johns', '2026-11-01T04:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['America/Havana', '2026-11-01T05:00:00Z'],
    ['Africa/Cairo', '2026-04-23T22:00:00Z'],
    ['Pacific/Chatham', '2026-09-26T14:00:00Z'],
    ['Asia/Kolkata', '2026-06-01T18:30:00Z'],
    ['UTC', '2026-12-31T23:59:00Z'],
  ] as const
  const engagement = fc
    .record({
      near: fc.constantFrom(...changes),
      startsSecondsBefore: fc.integer({ min: -2000, max: 6000 }),
      seconds: fc.integer({ min: 1, max: 6000 }),
    })
    .map(({ near: [zone, at], startsSecondsBefore, seconds }) => {
      const startMs = Date.parse(at) - startsSecondsBefore * 1000
      return { startMs, endMs: startMs + seconds * 1000, zone }
    })

  /** The plain way: the first second of the engagement at which the clocks show the text. */
  function firstShown(text: string, { startMs, endMs, zone }: ReturnType<typeof range>): number | undefined {
    for (let at = startMs; at <= endMs; at += 1000) if (toWallClock(at, zone).time.startsWith(text)) return at
    return undefined
  }

  it('the first moment of the engagement that shows it is found, and none where none does', () => {
    const digits = fc.tuple(fc.nat({ max: 59 }), fc.nat({ max: 59 }), fc.boolean())
    fc.assert(
      fc.property(
        engagement,
        digits,
        fc.integer({ min: -3, max: 3 }),
        (of, [minute, second, short], hours) => {
          const about = toWallClock(of.startMs + hours * 3_600_000, of.zone).time.slice(0, 2)
          const pad = (value: number) => String(value).padStart(2, '0')
          const text = `${about}:${pad(minute)}${short ? '' : `:${pad(second)}`}`
          const reading = readClockTime(text, of)
          expect(reading.ok ? reading.atMs : undefined).toBe(firstShown(text, of))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('every moment of the engagement can be named', () => {
    fc.assert(
      fc.property(engagement, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const at = of.startMs + Math.floor(((of.endMs - of.startMs) / 1000) * share) * 1000
        const { time } = toWallClock(at, of.zone)
        const reading = readClockTime(time, of)
        expect(reading).toMatchObject({ ok: true })
        expect(reading.ok && toWallClock(reading.atMs, of.zone).time).toBe(time)
      }),
      { numRuns: 500 },
    )
  })
})
