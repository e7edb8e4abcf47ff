/** The laws of the query: what is written reads back, what is wrong is named. Every parameter appears here. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableColumns } from './column-list.ts'
import { engagementParams, engagementQuery, mostSeed, mostUsers, sampleQuery } from './engagement-query.ts'
import { histogramQuery } from './histogram-query.ts'
import { engagementQueryOf, filterOf, listQueryOf, pageQuery, rollingRanges } from './page-query.ts'

const moment = fc.integer({ min: 0, max: 4e12 })
const range = fc
  .tuple(fc.option(moment, { nil: undefined }), fc.option(moment, { nil: undefined }))
  .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]))
const asOf = fc.oneof(fc.constantFrom(undefined, 'now' as const), moment)
const email = fc.emailAddress().map((text) => text.toLowerCase())

const apiValues = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(email, { maxLength: 5 }),
    starts: range,
    ends: range,
    asOf,
    limit: fc.integer({ min: 1, max: 100 }),
    offset: fc.integer({ min: 0, max: 1e9 }),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
  })
  .map(({ starts: [startAfter, startBefore], ends: [endAfter, endBefore], ...rest }) => ({
    ...rest,
    startAfter,
    startBefore,
    endAfter,
    endBefore,
  }))

const lastSecond = 359_999
const span = fc
  .uniqueArray(fc.integer({ min: 0, max: lastSecond }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => ({ fromSeconds: Math.min(a, b), toSeconds: Math.max(a, b) }))
const player = fc.oneof(
  fc.constant({ open: undefined, rec: undefined, t: undefined, span: undefined }),
  fc.record({
    open: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text.isWellFormed()),
    rec: fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined }),
    t: fc.constant(undefined),
    span: fc.constant(undefined),
  }),
  fc.record({
    open: fc.uuid(),
    rec: fc.integer({ min: 1, max: 9 }),
    t: fc.option(fc.integer({ min: 0, max: lastSecond }), { nil: undefined }),
    span: fc.option(span, { nil: undefined }),
  }),
)
const seed = fc.integer({ min: 0, max: mostSeed })
const drawn = fc.oneof(
  fc.constant({ sample: undefined, seed: undefined }),
  fc.record({ sample: fc.integer({ min: 1, max: 100 }), seed }),
)
const shared = fc.option(fc.nat(), { nil: undefined })
const zone = fc.constantFrom(undefined, 'UTC', 'Europe/Berlin', 'America/St_Johns')

const cols = fc.option(fc.shuffledSubarray([...tableColumns], { minLength: 1 }), { nil: undefined })
const rolling = fc.constantFrom(undefined, ...rollingRanges)

/** Through the text of a URL and back, as a browser would carry it. */
function throughUrl(pairs: [string, string][]): [string, string][] {
  return [...new URLSearchParams(new URLSearchParams(pairs).toString())]
}

describe('the query of the API', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(apiValues, (values) => {
        expect(engagementQuery.read(throughUrl(engagementQuery.write(values)))).toEqual({
          values,
          errors: [],
        })
      }),
    )
  })

  it('writes nothing for the defaults', () => {
    expect(engagementQuery.write(engagementQuery.defaults)).toEqual([])
    expect(engagementQuery.read([])).toEqual({ values: engagementQuery.defaults, errors: [] })
  })

  it('writes the limit with an offset, since the one needs the other', () => {
    expect(engagementQuery.write({ ...engagementQuery.defaults, offset: 10 })).toEqual([
      ['limit', '10'],
      ['offset', '10'],
    ])
  })

  it('never throws, and answers wrong values with the default and an error that names them', () => {
    const names = fc.oneof(
      fc.constantFrom(...Object.keys(engagementParams), '__proto__', 'constructor'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 8 }), (pairs) => {
        const { values, errors } = engagementQuery.read(pairs)
        const given = new Set(pairs.map(([name]) => name))
        for (const { parameter, message } of errors) {
          expect(given.has(parameter)).toBe(true)
          expect(message.length).toBeGreaterThan(10)
        }
        // Whatever came, the values are ones that can be written and read again.
        expect(engagementQuery.read(engagementQuery.write(values))).toEqual({ values, errors: [] })
      }),
    )
  })

  it.each([
    ['status=foo', 'status', 'successful, unsuccessful, all or blank'],
    ['status=all&status=all', 'status', 'more than once'],
    ['Status=all', 'Status', 'did you mean status?'],
    ['statu=all', 'statu', 'did you mean status?'],
    ['constructor=1', 'constructor', 'unknown parameter'],
    ['user=nobody', 'user', 'not an email address'],
    ['user=', 'user', 'not an email address'],
    ['user=jo+work@x.example', 'user', 'written %2B'],
    ['startAfter=2018-02-30', 'startAfter', 'no such day'],
    ['startBefore=tomorrow', 'startBefore', 'not a date'],
    ['endAfter=', 'endAfter', 'not a date'],
    ['endBefore=2018-01-01T1:2:3', 'endBefore', 'not a date'],
    ['asOf=Now', 'asOf', 'expected now or a date'],
    ['asOf=', 'asOf', 'not a date'],
    ['asOf=2018-02-30', 'asOf', 'no such day'],
    ['asOf=now&asOf=now', 'asOf', 'more than once'],
    ['asof=now', 'asof', 'did you mean asOf?'],
    ['limit=0', 'limit', 'from 1 to 100'],
    ['limit=101', 'limit', 'from 1 to 100'],
    ['limit=1e1', 'limit', 'not a whole number'],
    ['limit=%201', 'limit', 'not a whole number'],
    ['limit=10&offset=-1', 'offset', 'from 0 up'],
    ['limit=10&offset=9007199254740993', 'offset', 'out of bounds'],
    ['offset=10', 'offset', 'needs limit'],
    ['sort=random', 'sort', 'newest, oldest, shortest, longest'],
    ['startAfter=2018-01-02&startBefore=2018-01-01', 'startBefore', 'ends before it begins'],
    ['endAfter=2018-01-02&endBefore=2018-01-01', 'endBefore', 'ends before it begins'],
  ])('refuses %s', (search, parameter, why) => {
    const { errors } = engagementQuery.read(new URLSearchParams(search))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ parameter, message: expect.stringContaining(why) })
  })

  it('refuses a 51st user', () => {
    const pairs = Array.from({ length: mostUsers + 1 }, (_, n): [string, string] => [
      'user',
      `u${n}@x.example`,
    ])
    expect(engagementQuery.read(pairs.slice(1)).errors).toEqual([])
    expect(engagementQuery.read(pairs).errors).toMatchObject([{ parameter: 'user' }])
  })

  it('takes a blank status for successful, and one user in two cases for one', () => {
    const { values, errors } = engagementQuery.read(
      new URLSearchParams('status=&user=A@x.example&user=a@X.example'),
    )
    expect(errors).toEqual([])
    expect(values).toMatchObject({ status: 'successful', user: ['a@x.example'] })
  })

  it('takes a bare day as the whole day', () => {
    const { values } = engagementQuery.read(
      new URLSearchParams('startAfter=2018-01-10&startBefore=2018-01-10'),
    )
    expect(values).toMatchObject({
      startAfter: Date.UTC(2018, 0, 10),
      startBefore: Date.UTC(2018, 0, 11) - 1,
    })
  })

  it('takes a bare day to look back to as its last moment, and one yet to come as it is', () => {
    const asked = (text: string) => engagementQuery.read([['asOf', text]]).values.asOf
    expect(asked('2018-01-10')).toBe(Date.UTC(2018, 0, 11) - 1)
    expect(asked('2018-01-10T10:25:11.0009Z')).toBe(Date.UTC(2018, 0, 10, 10, 25, 11))
    expect(asked('9999-12-31')).toBe(Date.UTC(10_000, 0) - 1)
    expect(asked('now')).toBe('now')
  })
})

describe('the query of a sample', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(apiValues, seed, ({ offset: _offset, ...rest }, seed) => {
        const values = { ...rest, seed }
        expect(sampleQuery.read(throughUrl(sampleQuery.write(values)))).toEqual({ values, errors: [] })
      }),
    )
  })
})

describe('the URL of the page', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        apiValues,
        player,
        drawn,
        rolling,
        shared,
        zone,
        cols,
        (api, { open, rec, t, span }, draw, range, n, tz, shown) => {
          const values = {
            ...api,
            ...draw,
            range: api.startAfter === undefined && api.startBefore === undefined ? range : undefined,
            // A sample has no pages, and a number is of a moment.
            offset: draw.sample === undefined ? api.offset : 0,
            n: api.asOf === undefined ? undefined : n,
            open,
            rec,
            t,
            span,
            tz,
            cols: shown,
          }
          expect(pageQuery.read(throughUrl(pageQuery.write(values)))).toEqual({ values, errors: [] })
        },
      ),
    )
  })

  it('drops bad parts by name and keeps the rest', () => {
    const { values, errors } = pageQuery.read(
      new URLSearchParams('status=foo&tz=Mars/Base&sort=longest&rec=1&utm_source=x'),
    )
    expect(errors.map(({ parameter }) => parameter)).toEqual(['status', 'tz', 'utm_source', 'rec'])
    expect(values).toEqual({ ...pageQuery.defaults, sort: 'longest' })
  })

  it.each([
    ['', 'not a span of seconds'],
    ['12', 'not a span of seconds'],
    ['-3-5', 'not a span of seconds'],
    ['1.5-3', 'not a span of seconds'],
    ['12 - 34', 'not a span of seconds'],
    ['12-34-56', 'not a span of seconds'],
    ['34-12', 'it ends before it begins'],
    ['12-12', 'it ends where it begins'],
    [`0-${lastSecond + 1}`, 'out of bounds'],
    ['99999999999999999-1', 'not a span of seconds'],
  ])('refuses span=%s: %s', (text, wrong) => {
    const { values, errors } = pageQuery.read([
      ['open', 'x'],
      ['rec', '1'],
      ['span', text],
    ])
    const accepted = `two whole seconds from 0 to ${lastSecond}, the earlier first, such as 12-34`
    expect(errors).toEqual([{ parameter: 'span', value: text, message: `${wrong}; expected ${accepted}` }])
    expect(values).toEqual({ ...pageQuery.defaults, open: 'x', rec: 1 })
  })

  it.each([
    ['open=x&span=1-2', ['span=1-2']],
    ['rec=1&t=1&span=1-2', ['rec=1', 't=1', 'span=1-2']],
    ['seed=10', ['seed=10']],
    ['startAfter=2026-11-20&startBefore=2026-11-10', ['startBefore=2026-11-10']],
    ['endAfter=2026-11-20&endBefore=2026-11-10', ['endBefore=2026-11-10']],
  ])('names all that it drops: %s', (search, dropped) => {
    const { values, errors } = pageQuery.read(new URLSearchParams(search))
    expect(errors.map(({ parameter, value }) => `${parameter}=${value}`)).toEqual(dropped)
    const kept = search.split('&').filter((pair) => !dropped.includes(pair))
    expect(values).toEqual(pageQuery.read(new URLSearchParams(kept.join('&'))).values)
  })

  it.each([
    ['n=14', 'n', 'n needs asOf, the moment that it was counted at'],
    ['asOf=now&n=-1', 'n', 'not a whole number in digits; expected a whole number from 0 up'],
    ['sample=10', 'sample', 'a sample needs both; expected such as sample=10&seed=4711'],
    ['seed=10', 'seed', 'a sample needs both; expected such as sample=10&seed=4711'],
    ['sample=101&seed=1', 'sample', 'out of bounds; expected a whole number from 1 to 100'],
    [`sample=10&seed=${mostSeed + 1}`, 'seed', 'out of bounds; expected a whole number from 0 to 999999'],
    ['limit=10&offset=10&sample=10&seed=1', 'offset', 'a sample has no pages, so no offset'],
  ])('refuses %s', (search, parameter, message) => {
    const { values, errors } = pageQuery.read(new URLSearchParams(search))
    expect(errors).toContainEqual(expect.objectContaining({ parameter, message }))
    expect(pageQuery.read(pageQuery.write(values))).toEqual({ values, errors: [] })
  })

  it('is asked of the API as a page, as a sample, as a count', () => {
    const asked = { status: 'all', asOf: 5, sort: 'longest' } as const
    const own = { n: 14, open: 'x', rec: 1, t: 2, tz: 'UTC' }
    const page = { ...pageQuery.defaults, range: undefined, ...asked, ...own, limit: 25, offset: 50 }
    expect(engagementQueryOf(page)).toEqual({
      ...engagementQuery.defaults,
      ...asked,
      limit: 25,
      offset: 50,
    })
    expect(listQueryOf(page)).toEqual(engagementQueryOf(page))
    expect(listQueryOf({ ...page, asOf: undefined })).toEqual({ ...engagementQueryOf(page), asOf: 'now' })
    const draw = { sample: 10, seed: 4711 }
    expect(listQueryOf({ ...page, ...draw })).toEqual({
      ...sampleQuery.defaults,
      ...asked,
      limit: 10,
      seed: 4711,
    })
    const { limit: _limit, offset: _offset, sort: _sort, ...filter } = engagementQueryOf(page)
    expect(filterOf(page)).toEqual(filter)
  })

  it.each([
    ['range=7d&startAfter=2026-11-01', 'startAfter'],
    ['startBefore=2026-11-01&range=today', 'startBefore'],
  ] as const)('takes the exact one of two ranges: %s', (search, kept) => {
    const { values, errors } = pageQuery.read(new URLSearchParams(search))
    expect(errors).toMatchObject([
      { parameter: 'range', message: expect.stringContaining('expected either them or a range') },
    ])
    expect(values.range).toBeUndefined()
    expect(values[kept]).toBeDefined()
  })

  it.each([
    ['range=8d', 'today, yesterday, 7d, 30d, 90d, week, month'],
    ['range=', 'unknown word'],
    ['range=7d&range=7d', 'more than once'],
  ])('refuses %s', (search, why) => {
    const { values, errors } = pageQuery.read(new URLSearchParams(search))
    expect(errors).toMatchObject([{ parameter: 'range', message: expect.stringContaining(why) }])
    expect(values).toEqual(pageQuery.defaults)
  })

  it('refuses a span that is given twice', () => {
    const { errors } = pageQuery.read(new URLSearchParams('open=x&rec=1&span=1-2&span=3-4'))
    expect(errors).toMatchObject([{ parameter: 'span', value: '1-2, 3-4' }])
  })

  it.each([
    ['', 'not a list of columns'],
    ['mood', 'not a list of columns'],
    ['team,', 'not a list of columns'],
    ['team, started', 'not a list of columns'],
    ['team,started,team', 'a column twice'],
  ])('refuses cols=%s: %s', (text, wrong) => {
    const { values, errors } = pageQuery.read([['cols', text]])
    expect(errors).toMatchObject([{ parameter: 'cols', value: text }])
    expect(errors[0]?.message).toMatch(new RegExp(`^${wrong}; expected columns apart by commas`))
    expect(values.cols).toBeUndefined()
  })

  it('has every parameter of the API under its own name', () => {
    expect(Object.keys(pageQuery.params)).toEqual(expect.arrayContaining(Object.keys(engagementParams)))
  })
})

describe('the query of the histogram', () => {
  const buckets = fc.integer({ min: 12, max: 400 })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(apiValues, zone, buckets, (api, tz, buckets) => {
        const { limit: _limit, offset: _offset, sort: _sort, ...filter } = api
        const values = { ...filter, tz, buckets }
        expect(histogramQuery.read(throughUrl(histogramQuery.write(values)))).toEqual({ values, errors: [] })
      }),
    )
  })
})
