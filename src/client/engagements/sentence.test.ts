import { expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { drawnText, rowsText, sentence, sentenceText } from './sentence.ts'

const base = engagementQuery.defaults

it.each([
  [base, 'Successful engagements, newest first'],
  [{ ...base, status: 'all', sort: 'longest' }, 'All engagements, longest first'],
  [
    { ...base, status: 'unsuccessful', user: ['a@x.example', 'b@x.example'] },
    'Unsuccessful engagements with a@x.example or b@x.example, newest first',
  ],
  [
    { ...base, user: ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'] },
    'Successful engagements with a@x.example, b@x.example or 2 more, newest first',
  ],
  // Apart from each other: else the two would change places.
  [
    { ...base, user: ['א@x.example', 'ב@x.example'] },
    'Successful engagements with \u2068א@x.example\u2069 or \u2068ב@x.example\u2069, newest first',
  ],
] as const)('says %j', (query, text) => {
  expect(sentenceText(query, 'UTC')).toBe(text)
})

it('says both ranges in the zone shown', () => {
  const query = {
    ...base,
    startAfter: Date.parse('2026-11-21T23:00:00Z'),
    startBefore: Date.parse('2026-11-22T22:59:59.999Z'),
    endAfter: Date.parse('2026-11-22T09:00:00Z'),
  }
  expect(sentenceText(query, 'Europe/Berlin')).toMatch(/, started .*22 Nov 2026.*, ended since .*10:00/)
})

it('says a rolling range as it was chosen, and its moments beside', () => {
  const query = {
    ...base,
    startAfter: Date.parse('2026-03-26T23:00:00Z'),
    startBefore: Date.parse('2026-04-02T21:59:59.999Z'),
  }
  expect(sentenceText(query, 'Europe/Berlin', '7d')).toBe(
    'Successful engagements, started in the last 7 days, newest first',
  )
  expect(sentence(query, 'Europe/Berlin', '7d').find(({ name }) => name === 'start')?.detail).toBe(
    '27 Mar 2026 00:00:00 CET – 2 Apr 2026 23:59:59 CEST',
  )
})

it('says the moment that is looked back to, in the zone shown', () => {
  const query = { ...base, asOf: Date.parse('2026-11-24T22:10:05.123Z') }
  expect(sentenceText(query, 'Europe/Berlin')).toBe(
    'Successful engagements, as of 24 Nov 2026 23:10:05, newest first',
  )
  expect(sentenceText({ ...base, asOf: 'now' }, 'UTC')).toBe(
    'Successful engagements, as of now, newest first',
  )
})

it('counts rows without claiming a total', () => {
  expect(rowsText(0, 50, true)).toBe('1–50 of 50+')
  expect(rowsText(50, 23, false)).toBe('51–73 of 73')
})

it('says the total once it is known, and never fewer than are shown', () => {
  expect(rowsText(0, 50, true, 212)).toBe('1–50 of 212')
  expect(rowsText(1200, 50, true, 12_345)).toBe('1,201–1,250 of 12,345')
  expect(rowsText(50, 50, true, 90)).toBe('51–100 of 100')
  expect(drawnText(10, 212)).toBe('10 of 212')
  expect(drawnText(10, undefined)).toBe('10 drawn')
})

it.each([
  [base, undefined, '10 random of successful engagements, newest first'],
  [base, 1212, '10 random of 1,212 successful engagements, newest first'],
  [{ ...base, status: 'all' }, 212, '10 random of 212 engagements, newest first'],
] as const)('says of how many a sample is: %#', (query, of, text) => {
  expect(sentenceText(query, 'UTC', undefined, { size: 10, of })).toBe(text)
})
