/** Dates and numbers in the locale of the reader, whatever the language of the texts. */
import { afterEach, expect, it } from 'vitest'
import { numberText } from '../texts/amounts.ts'
import { setSpoken } from '../texts/in-language.ts'
import { clockText, relativeText, sizeText, waitText } from './amounts.ts'
import { rangeText } from './range-text.ts'
import { formatTime, zoneAbbreviation } from './zone.ts'

const at = Date.parse('2026-11-22T13:16:40Z')
const zone = 'Europe/Berlin'
const english = (locale: string) => setSpoken({ language: 'en', locale, translated: undefined })

afterEach(() => english('en-GB'))

it.each([
  ['en-GB', '22 Nov 2026 14:16:40', '22 Nov 2026', 'Sun 22 Nov', '14:16:40'],
  ['en-US', 'Nov 22, 2026, 14:16:40', 'Nov 22, 2026', 'Sun, Nov 22', '14:16:40'],
  ['de-DE', '22. Nov. 2026, 14:16:40', '22. Nov. 2026', 'So., 22. Nov.', '14:16:40'],
  ['ja-JP', '2026年11月22日 14:16:40', '2026年11月22日', '11月22日(日)', '14:16:40'],
  ['ar-EG', '٢٢ نوفمبر ٢٠٢٦، ١٤:١٦:٤٠', '٢٢ نوفمبر ٢٠٢٦', 'الأحد، ٢٢ نوفمبر', '١٤:١٦:٤٠'],
] as const)('%s writes moments its own way', (locale, dateTime, day, weekday, time) => {
  english(locale)
  const told = (['dateTime', 'day', 'weekday', 'time'] as const).map((style) => formatTime(at, zone, style))
  expect(told).toEqual([dateTime, day, weekday, time])
})

it('follows the locale when it changes', () => {
  english('de-DE')
  expect(zoneAbbreviation(zone, at)).toBe('MEZ')
  english('en-GB')
  expect(zoneAbbreviation(zone, at)).toBe('CET')
})

it('names the zone as it was at each moment told', () => {
  english('en-GB')
  const summer = Date.parse('2026-10-20T12:00:00Z')
  expect(rangeText({ from: summer, to: at }, zone)).toBe('20 Oct 2026 14:00 CEST – 22 Nov 2026 14:16:40 CET')
  expect(rangeText({ from: summer, to: summer + 1000 }, zone)).toBe(
    '20 Oct 2026 14:00 – 20 Oct 2026 14:00:01 CEST',
  )
  // 02:58 comes twice in the night in which summer time ends.
  const twice = Date.parse('2026-10-25T00:58:00Z')
  expect(rangeText({ from: twice, to: twice + 3_600_000 }, zone)).toBe(
    '25 Oct 2026 02:58 CEST – 25 Oct 2026 02:58 CET',
  )
  expect(zoneAbbreviation(zone, at, summer, at)).toBe('CET/CEST')
})

it('tells days of our own calendar where the locale has another one, as the fields take no other', () => {
  english('th-TH')
  expect(formatTime(at, zone, 'day')).toContain('2026')
  english('fa-IR')
  expect(formatTime(at, zone, 'day')).toContain('۲۰۲۶')
})

it.each([
  ['en-GB', '12,345', '18.2 MB', '20 min 34 s', '3 minutes ago'],
  ['de-DE', '12.345', '18,2 MB', '20 min 34 s', 'vor 3 Minuten'],
  ['ja-JP', '12,345', '18.2 MB', '20 min 34 s', '3 分前'],
  ['ar-EG', '١٢٬٣٤٥', '١٨٫٢ MB', '٢٠ min ٣٤ s', 'قبل ٣ دقائق'],
] as const)('%s writes numbers its own way', (locale, number, size, wait, relative) => {
  english(locale)
  expect(numberText(12_345)).toBe(number)
  expect(sizeText(18_200_000)).toBe(size)
  expect(waitText(1234)).toBe(wait)
  expect(relativeText(at, at + 180_000)).toBe(relative)
  // Of a clock, like those of a device.
  expect(clockText(432)).toBe('07:12')
})

it.each([
  [23, '23 s'],
  [120, '2 min'],
  [125, '2 min 5 s'],
  [3600, '1 h'],
  [3840, '1 h 4 min'],
  [3605, '1 h'],
])('tells %i s waited as %s', (seconds, text) => {
  expect(waitText(seconds)).toBe(text)
})
