import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageQuery, rollingRanges } from '../../contract/query/page-query.ts'
import {
  applyChange,
  drawSample,
  leaveSample,
  parseSearch,
  readPage,
  stringifySearch,
  turnTo,
  writePage,
} from './page-url.ts'

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
    range: fc.constantFrom(undefined, ...rollingRanges),
    limit: fc.integer({ min: 1, max: 100 }),
    offset: fc.nat(),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
    // Whatever an id may hold: what separates a URL's parts, plus signs, percent signs, other scripts.
    open: fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
    tz: fc.constantFrom(undefined, 'UTC', 'America/Argentina/Buenos_Aires'),
  })
  .map((values) => ({
    ...pageQuery.defaults,
    ...values,
    // A link has one or the other.
    startAfter: values.range === undefined ? values.startAfter : undefined,
  }))

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
  const { page: read, ignored } = readPage(parseSearch('?status=foo&sort=longest&user=a@x.example&range=8d'))
  expect(read).toEqual({ ...pageQuery.defaults, sort: 'longest', user: ['a@x.example'] })
  expect(ignored.map(({ parameter }) => parameter)).toEqual(['status', 'range'])
})

const opened = { rec: 1, t: 5, span: { fromSeconds: 5, toSeconds: 9 } }
const closed = { open: undefined, rec: undefined, t: undefined, span: undefined }
const shown = Date.parse('2026-11-24T22:10:05.123Z')

it('begins at the first row, with nothing open, when another query is applied', () => {
  fc.assert(
    fc.property(page, (values) => {
      const paging = values.offset > 0 && { asOf: undefined }
      expect(applyChange({ ...values, ...opened }, { user: [] })).toEqual({
        ...values,
        ...paging,
        user: [],
        offset: 0,
        ...closed,
      })
    }),
  )
})

describe('the moment of a list', () => {
  const first = { ...pageQuery.defaults, status: 'all' } as const

  it('comes with the second page, holds for those after it, and goes with the way back to the first', () => {
    const second = turnTo({ ...first, open: 'x', ...opened }, 50, shown)
    expect(second).toEqual({ ...first, ...closed, offset: 50, asOf: shown })
    expect(turnTo(second, 100, shown + 1)).toEqual({ ...second, offset: 100 })
    expect(turnTo(second, 0, shown)).toEqual({ ...first, ...closed })
    expect(turnTo(second, -20, shown)).toEqual({ ...first, ...closed })
    expect(applyChange(second, { sort: 'longest' })).toEqual({ ...first, ...closed, sort: 'longest' })
  })

  it('stays where it was chosen on a first page', () => {
    const chosen = { ...first, asOf: shown }
    expect(applyChange(chosen, { sort: 'longest' }).asOf).toBe(shown)
    expect(applyChange(chosen, { user: ['a@x.example'] }).asOf).toBe(shown)
    expect(applyChange(chosen, { asOf: undefined }).asOf).toBeUndefined()
  })

  it('stays with the number that was shared, which goes when it would count something else', () => {
    const shared = { ...first, asOf: shown, n: 140, offset: 50 }
    expect(turnTo(shared, 0, shown)).toEqual({ ...shared, ...closed, offset: 0 })
    expect(applyChange(shared, { sort: 'longest' })).toMatchObject({ asOf: shown, n: 140, offset: 0 })
    expect(applyChange(shared, { limit: 10 })).toMatchObject({ asOf: shown, n: 140 })
    expect(applyChange(shared, { user: ['a@x.example'] })).toMatchObject({ asOf: shown, n: undefined })
    expect(applyChange(shared, { asOf: undefined })).toMatchObject({ asOf: undefined, n: undefined })
  })
})

describe('a sample', () => {
  const third = { ...pageQuery.defaults, offset: 100, limit: 25, ...opened, open: 'x' }

  it('is of the moment shown, in place of pages, and leaves no moment behind', () => {
    const drawn = drawSample(third, 4711, shown)
    expect(drawn).toEqual({
      ...pageQuery.defaults,
      limit: 25,
      ...closed,
      sample: 10,
      seed: 4711,
      asOf: shown,
    })
    expect(drawSample(drawn, 4712, undefined)).toEqual({ ...drawn, seed: 4712 })
    expect(leaveSample(drawn)).toEqual({ ...pageQuery.defaults, limit: 25, ...closed })
    expect(drawSample(third, 1, undefined).asOf).toBe('now')
  })

  it('of other engagements is drawn of now', () => {
    const drawn = drawSample(third, 4711, shown)
    expect(applyChange(drawn, { status: 'all' })).toEqual({ ...drawn, status: 'all', asOf: 'now' })
  })

  it('of a shared moment leads back to it', () => {
    const shared = { ...pageQuery.defaults, asOf: shown, n: 140 }
    expect(leaveSample(drawSample(shared, 4711, shown))).toEqual(shared)
  })
})
