/** The list in German, where its texts are put together; in English each is tested beside its source. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { pageQuery } from '../../contract/query/page-query.ts'
import { lacksOf } from '../source-parts.ts'
import { german } from '../texts/de/german.ts'
import { setSpoken } from '../texts/in-language.ts'
import { queryAt } from './applied-range.ts'
import { appliedFilters } from './filters.ts'
import { drawnText, rowsText, sentence, sentenceText } from './sentence.ts'
import { choicesOf } from './share-choices.ts'
import { waysOut } from './ways-out.ts'

const base = engagementQuery.defaults
const people = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']

beforeAll(() => setSpoken({ language: 'de', locale: 'de-DE', translated: german }))
afterAll(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

it.each([
  [base, undefined, 'Erfolgreiche Gespräche, neueste zuerst'],
  [{ ...base, status: 'all', sort: 'longest' }, undefined, 'Alle Gespräche, längste zuerst'],
  [
    { ...base, status: 'unsuccessful', user: people.slice(0, 2) },
    undefined,
    'Erfolglose Gespräche mit a@x.example oder b@x.example, neueste zuerst',
  ],
  [
    { ...base, user: people, sort: 'oldest' },
    undefined,
    'Erfolgreiche Gespräche mit a@x.example, b@x.example oder 2 weiteren, älteste zuerst',
  ],
  [
    { ...base, endAfter: Date.UTC(2026, 10, 22), asOf: Date.UTC(2026, 10, 24, 22, 10, 5) },
    undefined,
    'Erfolgreiche Gespräche, beendet ab 22. Nov. 2026, Stand 24. Nov. 2026, 22:10:05, neueste zuerst',
  ],
  [base, { size: 10, of: undefined }, '10 zufällige erfolgreiche Gespräche, neueste zuerst'],
  [base, { size: 10, of: 1212 }, '10 zufällige von 1.212 erfolgreichen Gesprächen, neueste zuerst'],
  [{ ...base, status: 'all' }, { size: 10, of: 212 }, '10 zufällige von 212 Gesprächen, neueste zuerst'],
] as const)('says what is shown: %#', (query, draw, text) => {
  expect(sentenceText(query, 'UTC', undefined, draw)).toBe(text)
})

it('sets off what was chosen, also a rolling range', () => {
  const query = queryAt({ ...pageQuery.defaults, range: '7d', tz: 'UTC' }, Date.UTC(2026, 10, 22, 12))
  const parts = sentence(query, 'UTC', '7d')
  expect(parts.filter(({ chosen }) => chosen)).toEqual([
    {
      name: 'start',
      text: 'in den letzten 7 Tagen',
      chosen: true,
      detail: '16. Nov. 2026, 00:00:00 UTC – 22. Nov. 2026, 23:59:59 UTC',
    },
  ])
})

it('counts rows with German points', () => {
  expect(rowsText(1200, 50, true, 12_345)).toBe('1.201–1.250 von 12.345')
  expect(rowsText(0, 50, true)).toBe('1–50 von 50+')
  expect(drawnText(10, undefined)).toBe('10 gezogen')
})

it('names filters, and the ways out of them', () => {
  const page = { ...pageQuery.defaults, range: 'yesterday' as const, tz: 'UTC', user: ['a@x.example'] }
  const query = queryAt(page, Date.UTC(2026, 10, 25, 12))
  expect(appliedFilters(page, query, 'UTC').map(({ text }) => text)).toEqual([
    'a@x.example',
    'Begonnen gestern',
  ])
  expect(waysOut(page, query, 'UTC', lacksOf({})).map(({ text }) => text)).toEqual([
    'Nur erfolgreiche: alle zeigen',
    'Ohne „a@x.example“',
    'Ohne „Begonnen gestern“',
    'Ohne alle diese Filter',
  ])
})

it('tells one engagement from several, and what a shared link opens', () => {
  expect([1, 1200].map((count) => german.share.sees(count, 'rolling'))).toEqual([
    'Der Empfänger sieht 1 Gespräch, wenn sich nichts ändert.',
    'Der Empfänger sieht 1.200 Gespräche, wenn sich nichts ändert.',
  ])
  const page = { ...pageQuery.defaults, open: 'call', rec: 1, t: 83 }
  expect(choicesOf(page, 'UTC', undefined, lacksOf({})).at(-1)?.options[0]?.says).toBe(
    'Der Empfänger findet es geöffnet vor und seine Aufzeichnung in der Wiedergabe bei 01:23.',
  )
})
