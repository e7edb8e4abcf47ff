import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type PageQuery, pageQuery } from '../../../contract/query/page-query.ts'
import { forgetSearches, keptRecent, recentSearches, rememberSearch } from './recent-searches.ts'

const key = 'hindsight.recent'
const kept = new Map<string, string>()
const localStorage = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
}

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('window', { localStorage })
})
afterEach(() => vi.unstubAllGlobals())

const pageOf = (limit: number, more: Partial<PageQuery> = {}): PageQuery => ({
  ...pageQuery.defaults,
  limit,
  ...more,
})
const recent = (tenant: string) => recentSearches(keptRecent.read(), tenant)

it('keeps the last ten different searches of each tenant, the latest first', () => {
  const search = fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 20 }))
  fc.assert(
    fc.property(fc.array(search, { maxLength: 60 }), (searches) => {
      kept.clear()
      for (const [tenant, limit] of searches) rememberSearch(tenant, pageOf(limit))
      for (const tenant of ['A', 'B']) {
        const own = searches.filter(([of]) => of === tenant).map(([, limit]) => limit)
        const expected = [...new Set(own.toReversed())].slice(0, 10)
        expect(recent(tenant).map(({ limit }) => limit)).toEqual(expected)
      }
    }),
  )
})

it('takes the same search at other rows, or with one open, for the same', () => {
  rememberSearch('A', pageOf(10))
  rememberSearch('A', pageOf(10, { offset: 20, open: 'x', rec: 1 }))
  expect(recent('A')).toEqual([pageOf(10)])
})

it('takes later pages for the first one, without the moment that holds them together', () => {
  rememberSearch('A', pageOf(10, { asOf: 1 }))
  for (const offset of [10, 20]) rememberSearch('A', pageOf(10, { asOf: 2, offset }))
  expect(recent('A')).toEqual([pageOf(10), pageOf(10, { asOf: 1 })])
})

it('forgets those of a tenant, and leaves those of others', () => {
  rememberSearch('A', pageOf(1))
  rememberSearch('B', pageOf(2))
  forgetSearches('A')
  expect(recent('A')).toEqual([])
  expect(recent('B')).toEqual([pageOf(2)])
  forgetSearches('B')
  expect(kept.has(key)).toBe(false)
})

it('leaves out what a newer version kept, and what is none', () => {
  rememberSearch('A', pageOf(1))
  const [own] = JSON.parse(kept.get(key) ?? '[]')
  kept.set(key, JSON.stringify([{ ...own, format: 2 }, 'nonsense', own, { tenant: 'A' }]))
  expect(recent('A')).toEqual([pageOf(1)])
  for (const text of ['', '{', '{}', 'null']) {
    kept.set(key, text)
    expect(recent('A')).toEqual([])
  }
})
