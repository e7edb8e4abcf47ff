import { expect, it } from 'vitest'
import { listQueryOf, pageQuery } from '../contract/query/page-query.ts'
import { givenPage, givenQuery, lacksOf } from './source-parts.ts'

const whole = lacksOf({})
const moment = Date.parse('2026-11-24T22:10:05.123Z')
const page = {
  ...pageQuery.defaults,
  status: 'all',
  user: ['ana@x.example'],
  asOf: moment,
  n: 14,
  open: 'call 7',
} as const

it('leaves everything as it is where nothing is lacking', () => {
  expect(givenPage(page, whole)).toEqual({ page, ungiven: [] })
  const list = listQueryOf({ ...page, range: undefined })
  expect(givenQuery(list, whole)).toEqual(list)
})

it('leaves out what is lacking, and tells each part of the address that it was', () => {
  expect(givenPage(page, lacksOf({ lacks: ['asOf', 'status=all'] }))).toEqual({
    page: { ...page, status: 'successful', asOf: undefined, n: undefined },
    ungiven: [
      { parameter: 'status', value: 'all' },
      { parameter: 'asOf', value: '2026-11-24T22:10:05.123Z' },
      { parameter: 'n', value: '14' },
    ],
  })
  expect(
    givenPage({ ...pageQuery.defaults, sample: 10, seed: 4711 }, lacksOf({ lacks: ['sample'] })),
  ).toEqual({
    page: pageQuery.defaults,
    ungiven: [
      { parameter: 'sample', value: '10' },
      { parameter: 'seed', value: '4711' },
    ],
  })
})

it('tells nothing of an address that asks for nothing of the kind', () => {
  const plain = { ...pageQuery.defaults, status: 'unsuccessful', offset: 50, range: '7d' } as const
  expect(givenPage(plain, lacksOf({ lacks: ['asOf', 'status=all', 'sample', 'count'] }))).toEqual({
    page: plain,
    ungiven: [],
  })
})

it('asks the list for its present rows where no moment can be asked for', () => {
  const list = listQueryOf({ ...pageQuery.defaults, range: undefined })
  expect(list.asOf).toBe('now')
  expect(givenQuery(list, lacksOf({ lacks: ['asOf'] }))).toEqual({ ...list, asOf: undefined })
})
