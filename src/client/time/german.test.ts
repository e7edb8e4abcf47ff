import { afterEach, expect, it } from 'vitest'
import { german } from '../texts/de/german.ts'
import { setSpoken } from '../texts/in-language.ts'
import { dateOrderOf, datePattern, readDay } from './date-entry.ts'
import { instantsText, rangeText } from './range-text.ts'
import { formatTime } from './zone.ts'

const at = Date.parse('2026-11-22T13:16:40Z')
const zone = 'Europe/Berlin'
const day = { from: Date.parse('2026-11-21T23:00:00Z'), to: Date.parse('2026-11-22T22:59:59.999Z') }
const days = { ...day, to: day.to + 86_400_000 }
const since = { from: at, to: undefined }

afterEach(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

it('tells ranges in German', () => {
  setSpoken({ language: 'de', locale: 'de-DE', translated: german })
  expect(rangeText(day, zone)).toBe('am 22. Nov. 2026')
  expect(rangeText(days, zone)).toBe('22. Nov. 2026 – 23. Nov. 2026')
  expect(rangeText(since, zone)).toBe('ab 22. Nov. 2026, 14:16:40 MEZ')
  expect(rangeText({ from: undefined, to: day.to }, zone)).toBe('bis 22. Nov. 2026')
  expect(rangeText({ from: undefined, to: undefined }, zone)).toBe('zu beliebiger Zeit')
  expect(instantsText(day, zone)).toBe('22. Nov. 2026, 00:00:00 MEZ – 22. Nov. 2026, 23:59:59 MEZ')
})

it('keeps the order of the two ends of a range within an English line, also in Arabic', () => {
  setSpoken({ language: 'en', locale: 'ar-EG', translated: undefined })
  const [first, last] = [formatTime(days.from, zone, 'day'), formatTime(days.to, zone, 'day')]
  expect(rangeText(days, zone)).toBe(`\u2068${first}\u2069 – \u2068${last}\u2069`)
  expect(rangeText(since, zone)).toMatch(/^since \u2068.*\u2069$/)
})

it('reads days as Germans write them, and says in German what is wrong', () => {
  setSpoken({ language: 'de', locale: 'de-DE', translated: german })
  const order = dateOrderOf('de-DE')
  expect(datePattern(order)).toBe('TT.MM.JJJJ')
  expect(readDay('5.3.2026', order)).toEqual({ day: '2026-03-05' })
  expect(readDay('30.2.2026', order)).toEqual({ wrong: 'Diesen Tag gibt es nicht' })
  expect(readDay('gestern', order)).toEqual({
    wrong: 'Schreiben Sie den Tag als TT.MM.JJJJ oder JJJJ-MM-TT',
  })
})
