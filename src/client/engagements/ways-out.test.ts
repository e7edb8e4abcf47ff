import { expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { lacksOf } from '../source-parts.ts'
import { queryAt } from './applied-range.ts'
import { waysOut } from './ways-out.ts'

const whole = lacksOf({})
const page = {
  ...pageQuery.defaults,
  user: ['a@x.example', 'b@x.example'],
  startAfter: Date.UTC(2026, 10, 1),
  asOf: Date.parse('2026-11-24T22:10:05.123Z'),
  open: 'call',
}

it('says what could be left out, the users together, and all of it at the end', () => {
  const ways = waysOut({ ...page, tz: 'UTC', limit: 10 }, queryAt(page, 0), 'UTC', whole)
  expect(ways.map(({ text }) => text)).toEqual([
    'Only successful ones: show all',
    'Without the users',
    'Without “Started since 1 Nov 2026”',
    'Without “As of 24 Nov 2026 22:10:05”',
    'Without any of these',
  ])
  expect(ways[1]?.without).toMatchObject({ user: [], startAfter: page.startAfter, asOf: page.asOf })
  expect(ways.at(-1)?.without).toEqual({ ...pageQuery.defaults, status: 'all', tz: 'UTC', limit: 10 })
})

it('offers one way alone where there is one, and none where nothing was filtered', () => {
  const everything = { ...pageQuery.defaults, status: 'all' } as const
  const ofOne = { ...everything, user: ['a@x.example'] }
  expect(waysOut(ofOne, queryAt(ofOne, 0), 'UTC', whole).map(({ text }) => text)).toEqual([
    'Without “a@x.example”',
  ])
  expect(waysOut(everything, queryAt(everything, 0), 'UTC', whole)).toEqual([])
})

it('offers the other outcome where not all can be asked for, and keeps to this one otherwise', () => {
  const lacks = lacksOf({ lacks: ['status=all'] })
  const ofOne = { ...pageQuery.defaults, user: ['a@x.example'] }
  const ways = waysOut(ofOne, queryAt(ofOne, 0), 'UTC', lacks)
  expect(ways.map(({ text, without }) => [text, without.status])).toEqual([
    ['Show the unsuccessful ones instead', 'unsuccessful'],
    ['Without “a@x.example”', 'successful'],
    ['Without any of these', 'successful'],
  ])
})
