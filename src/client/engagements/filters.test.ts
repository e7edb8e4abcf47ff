import { expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { appliedFilters } from './filters.ts'

const page = {
  ...pageQuery.defaults,
  user: ['a@x.example', 'b@x.example'],
  startAfter: Date.UTC(2026, 10, 1),
  asOf: Date.parse('2026-11-24T22:10:05.123Z'),
  offset: 100,
  open: 'call',
}

it('says each filter, and takes that one away alone', () => {
  const filters = appliedFilters(page, 'Europe/Berlin')
  expect(filters.map(({ text }) => text)).toEqual([
    'a@x.example',
    'b@x.example',
    'Started since 1 Nov 2026 01:00 CET',
    'As of 24 Nov 2026 23:10:05',
  ])
  const first = { ...page, offset: 0, open: undefined }
  expect(filters.map(({ without }) => without)).toEqual([
    { ...first, user: ['b@x.example'] },
    { ...first, user: ['a@x.example'] },
    { ...first, startAfter: undefined },
    { ...first, asOf: undefined },
  ])
})

it('says now until the exact moment is known', () => {
  expect(appliedFilters({ ...pageQuery.defaults, asOf: 'now' }, 'UTC').map(({ text }) => text)).toEqual([
    'As of now',
  ])
})
