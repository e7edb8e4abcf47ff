import { afterEach, expect, it } from 'vitest'
import { german } from '../../texts/de/german.ts'
import { setSpoken } from '../../texts/in-language.ts'
import { axisMarks, countsText, spanText } from './bucket-text.ts'

const hour = (n: number, successful = 0, unsuccessful = 0, other = 0) => ({
  start: new Date(Date.UTC(2026, 9, 24, 22 + n)).toISOString(),
  end: new Date(Date.UTC(2026, 9, 24, 23 + n) - 1).toISOString(),
  successful,
  unsuccessful,
  other,
})

afterEach(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

it('tells the two hours that are called the same apart', () => {
  expect(spanText(hour(2), hour(2), 'Europe/Berlin')).toBe(
    '25 Oct 2026 02:00:00 CEST – 25 Oct 2026 02:59:59 CEST',
  )
  expect(spanText(hour(3), hour(3), 'Europe/Berlin')).toBe(
    '25 Oct 2026 02:00:00 CET – 25 Oct 2026 02:59:59 CET',
  )
})

it('adds up, and leaves out what there is none of', () => {
  expect(countsText([hour(0, 1, 2), hour(1, 3)])).toBe('4 successful, 2 unsuccessful')
  expect(countsText([hour(0, 0, 0, 5)])).toBe('5 of other outcome')
  expect(countsText([hour(0)])).toBe('none')
})

it('adds up in German, with its numbers', () => {
  setSpoken({ language: 'de', locale: 'de-DE', translated: german })
  expect(countsText([hour(0, 1000, 2), hour(1, 204, 0, 1)])).toBe(
    '1.204 erfolgreich, 2 erfolglos, 1 mit anderem Ergebnis',
  )
  expect(countsText([])).toBe('keine')
})

it('marks the axis at equal distances', () => {
  expect(
    axisMarks(
      Array.from({ length: 25 }, (_, n) => hour(n)),
      'Europe/Berlin',
    ).map(({ text }) => text),
  ).toEqual([
    '25 Oct 2026 00:00',
    '25 Oct 2026 03:00',
    '25 Oct 2026 07:00',
    '25 Oct 2026 11:00',
    '25 Oct 2026 15:00',
    '25 Oct 2026 19:00',
  ])
  expect(axisMarks([hour(0)], 'UTC')).toEqual([{ at: hour(0).start, text: '24 Oct 2026 22:00' }])
  expect(axisMarks([], 'UTC')).toEqual([])
})
