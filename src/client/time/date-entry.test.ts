import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOrderOf, datePattern, isoOrder, readDay, writeDay } from './date-entry.ts'

const languages = ['en-GB', 'en-US', 'de-DE', 'ja-JP', 'ar-EG', 'fa-IR', 'th-TH', 'hu-HU', 'ko-KR', 'sv-SE']
const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

it.each([
  ['en-GB', 'dd/mm/yyyy'],
  ['en-US', 'mm/dd/yyyy'],
  ['de-DE', 'dd.mm.yyyy'],
  ['ja-JP', 'yyyy/mm/dd'],
  ['sv-SE', 'yyyy-mm-dd'],
  ['hu-HU', 'yyyy.mm.dd'],
])('%s writes %s', (language, pattern) => {
  expect(datePattern(dateOrderOf(language))).toBe(pattern)
})

it('reads what it wrote, and ISO 8601, in every language', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...languages), (day, language) => {
      const order = dateOrderOf(language)
      expect(readDay(writeDay(day, order), order)).toEqual({ day })
      expect(readDay(` ${day} `, order)).toEqual({ day })
    }),
  )
})

it('reads what the language itself writes, in its own digits', () => {
  fc.assert(
    fc.property(
      day,
      fc.constantFrom('en-GB', 'en-US', 'de-DE', 'ja-JP', 'ar-EG', 'hi-IN'),
      (day, language) => {
        const numberingSystem = language === 'ar-EG' ? 'arab' : language === 'hi-IN' ? 'deva' : 'latn'
        const written = new Intl.DateTimeFormat(language, {
          timeZone: 'UTC',
          calendar: 'gregory',
          numberingSystem,
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
        }).format(new Date(day))
        expect(readDay(written, dateOrderOf(language))).toEqual({ day })
      },
    ),
  )
})

describe('tells what is wrong', () => {
  it.each([
    ['30/02/2026', 'There is no such day'],
    ['2026-13-01', 'There is no such day'],
    ['11/22/2026', 'There is no such day'],
    ['22/11/26', 'Write the year with four digits, as in dd/mm/yyyy'],
    ['22/11', 'Write the day as dd/mm/yyyy or yyyy-mm-dd'],
    ['yesterday', 'Write the day as dd/mm/yyyy or yyyy-mm-dd'],
    ['22/11/2026 or so', 'Write the day as dd/mm/yyyy or yyyy-mm-dd'],
    ['022/11/2026', 'Write the day as dd/mm/yyyy or yyyy-mm-dd'],
  ])('%s', (text, wrong) => {
    expect(readDay(text, dateOrderOf('en-GB'))).toEqual({ wrong })
  })
})

it('is nothing where nothing is written', () => {
  expect(readDay('  ', isoOrder)).toEqual({ day: '' })
  expect(writeDay('', isoOrder)).toBe('')
})
