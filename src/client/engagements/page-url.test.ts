import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { applyChange, parseSearch, readPage, stringifySearch, writePage } from './page-url.ts'

const moment = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined })
const page = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(
      fc.emailAddress().map((email) => email.toLowerCase()),
      { maxLength: 3 },
    ),
    startAfter: moment,
    endBefore: moment,
    asOf: fc.oneof(moment, fc.constant('now' as const)),
    limit: fc.integer({ min: 1, max: 100 }),
    offset: fc.nat(),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
    // Whatever an id may hold: what separates a URL's parts, plus signs, percent signs, other scripts.
    open: fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
    tz: fc.constantFrom(undefined, 'UTC', 'America/Argentina/Buenos_Aires'),
  })
  .map((values) => ({ ...pageQuery.defaults, ...values }))

it('reads from an address what it wrote into it', () => {
  fc.assert(
    fc.property(page, (values) => {
      const search = stringifySearch(writePage(values))
      expect(new URL(`https://hindsight.example/T/engagements${search}`).search).toBe(search)
      expect(readPage(parseSearch(search))).toEqual({ page: values, ignored: [] })
    }),
  )
})

it('writes a bare address for the defaults, and keeps a link readable', () => {
  expect(stringifySearch(writePage(pageQuery.defaults))).toBe('')
  const values = {
    ...pageQuery.defaults,
    user: ['ana@x.example'],
    startAfter: Date.UTC(2026, 10, 1),
    tz: 'Europe/Berlin',
  }
  expect(stringifySearch(writePage(values))).toBe(
    '?user=ana@x.example&startAfter=2026-11-01T00:00:00Z&tz=Europe/Berlin',
  )
})

it('keeps the good parts of a bad address and names the others', () => {
  const { page: read, ignored } = readPage(parseSearch('?status=foo&sort=longest&user=a@x.example&range=7d'))
  expect(read).toEqual({ ...pageQuery.defaults, sort: 'longest', user: ['a@x.example'] })
  expect(ignored.map(({ parameter }) => parameter)).toEqual(['status', 'range'])
})

it('begins at the first row, with nothing open, when another query is applied', () => {
  fc.assert(
    fc.property(page, (values) => {
      expect(
        applyChange({ ...values, rec: 1, t: 5, span: { fromSeconds: 5, toSeconds: 9 } }, { sort: 'oldest' }),
      ).toEqual({
        ...values,
        sort: 'oldest',
        offset: 0,
        open: undefined,
        rec: undefined,
        t: undefined,
        span: undefined,
      })
    }),
  )
})
