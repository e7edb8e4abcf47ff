import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type StatedParameter, viewFormat } from '../model/view.ts'
import { type PageQuery, pageQuery } from './page-query.ts'
import { readStated, stateQuery } from './stated-query.ts'

const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
const range = fc
  .tuple(fc.option(moment, { nil: undefined }), fc.option(moment, { nil: undefined }))
  .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]))

function withoutPlace(page: PageQuery): PageQuery {
  const { offset, open, rec, t, span } = pageQuery.defaults
  return { ...page, offset, open, rec, t, span }
}

const pages: fc.Arbitrary<PageQuery> = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(
      fc.stringMatching(/^[a-z.]{1,9}$/).map((name) => `${name}@x.example`),
      { maxLength: 5 },
    ),
    started: range,
    ended: range,
    asOf: fc.option(fc.oneof(moment, fc.constant('now' as const)), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 100 }),
    offset: fc.nat(10_000),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
    tz: fc.option(fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Kolkata'), { nil: undefined }),
    open: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  })
  .map(({ started: [startAfter, startBefore], ended: [endAfter, endBefore], ...rest }) => ({
    ...pageQuery.defaults,
    ...(rest as Partial<PageQuery>),
    startAfter,
    startBefore,
    endAfter,
    endBefore,
  }))

it('states every parameter, and reads back as the same query without its place', () => {
  fc.assert(
    fc.property(pages, (page) => {
      const stated = stateQuery(page)
      expect(readStated(viewFormat, stated)).toEqual({ kind: 'read', page: withoutPlace(page) })
      // Also in another order, as JSON.
      const kept = JSON.parse(JSON.stringify(stated.toReversed()))
      expect(readStated(viewFormat, kept)).toEqual({ kind: 'read', page: withoutPlace(page) })
    }),
  )
})

it('states defaults in words, so that none of them can change what was saved', () => {
  const stated = Object.fromEntries(stateQuery(pageQuery.defaults).map(({ name, values }) => [name, values]))
  expect(stated).toMatchObject({
    status: ['successful'],
    user: [],
    startAfter: [],
    limit: ['50'],
    sort: ['newest'],
    tz: [],
  })
  expect(stated).not.toHaveProperty('offset')
  expect(stated).not.toHaveProperty('open')
})

it('refuses whole what is newer, unknown, doubled, missing or wrong, and says why', () => {
  const good = stateQuery(pageQuery.defaults)
  const less = good.filter(({ name }) => name !== 'sort')
  const cases: readonly (readonly [number, StatedParameter[], string, string])[] = [
    [2, good, 'format', 'It has the format 2; this Hindsight knows the format 1 alone.'],
    [
      1,
      [...good, { name: 'mood', values: [] }],
      'mood',
      'It states mood, which is no parameter of a view in this Hindsight.',
    ],
    [
      1,
      [...good, { name: 'offset', values: ['5'] }],
      'offset',
      'It states offset, which is no parameter of a view in this Hindsight.',
    ],
    [1, [...good, { name: 'sort', values: ['oldest'] }], 'sort', 'It states sort twice.'],
    [1, less, 'sort', 'It does not state sort.'],
    [1, [...less, { name: 'sort', values: [] }], 'sort', 'It states sort without a value.'],
    [
      1,
      [...less, { name: 'sort', values: ['loudest'] }],
      'sort',
      'It states sort=loudest: unknown word; expected newest, oldest, shortest, longest.',
    ],
  ]
  for (const [format, parameters, parameter, wrong] of cases)
    expect(readStated(format, parameters)).toEqual({ kind: 'refused', parameter, wrong })
})

it('refuses a query whichever of its values is spoilt', () => {
  fc.assert(
    fc.property(pages, fc.nat(), (page, at) => {
      const stated = stateQuery(page)
      const index = at % stated.length
      const spoilt = stated.with(index, { name: stated[index]?.name ?? '', values: ['\u0000'] })
      expect(readStated(viewFormat, spoilt).kind).toBe('refused')
    }),
  )
})
