import { expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { queryAt } from './applied-range.ts'
import { appliedFilters } from './filters.ts'

const page = {
  ...pageQuery.defaults,
  user: ['a@x.example', 'b@x.example'],
  startAfter: Date.UTC(2026, 10, 1),
  asOf: Date.parse('2026-11-24T22:10:05.123Z'),
  open: 'call',
}

it('says each filter, and takes that one away alone', () => {
  const filters = appliedFilters(page, queryAt(page, 0), 'Europe/Berlin')
  expect(filters.map(({ text }) => text)).toEqual([
    'a@x.example',
    'b@x.example',
    'Started since 1 Nov 2026 01:00 CET',
    'As of 24 Nov 2026 23:10:05',
  ])
  const first = { ...page, open: undefined }
  expect(filters.map(({ without }) => without)).toEqual([
    { ...first, user: ['b@x.example'] },
    { ...first, user: ['a@x.example'] },
    { ...first, startAfter: undefined },
    { ...first, asOf: undefined },
  ])
})

it('says now until the exact moment is known', () => {
  const now = { ...pageQuery.defaults, asOf: 'now' as const }
  expect(appliedFilters(now, queryAt(now, 0), 'UTC').map(({ text }) => text)).toEqual(['As of now'])
})

it('says a rolling range as it was chosen, and takes it away whole', () => {
  const rolling = { ...pageQuery.defaults, range: 'yesterday' as const, tz: 'UTC' }
  const query = queryAt(rolling, Date.UTC(2026, 10, 25, 12))
  expect(appliedFilters(rolling, query, 'UTC')).toEqual([
    {
      key: 'started',
      text: 'Started yesterday',
      detail: '24 Nov 2026 00:00:00 UTC – 24 Nov 2026 23:59:59 UTC',
      without: { ...rolling, range: undefined },
    },
  ])
})
