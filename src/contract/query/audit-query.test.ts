/** The law of every query, for those beside the list: what is written reads back, what is wrong is named. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { auditQuery } from './audit-query.ts'
import { countQuery } from './engagement-query.ts'

const moment = fc.integer({ min: 0, max: 4e12 })
const range = fc
  .tuple(fc.option(moment, { nil: undefined }), fc.option(moment, { nil: undefined }))
  .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]))

it('reads back what it wrote of the audit', () => {
  const values = fc
    .record({
      moments: range,
      limit: fc.integer({ min: 1, max: 1000 }),
      offset: fc.integer({ min: 0, max: 1e9 }),
    })
    .map(({ moments: [after, before], ...rest }) => ({ after, before, ...rest }))
  fc.assert(
    fc.property(values, (query) => {
      expect(auditQuery.read(auditQuery.write(query))).toEqual({ values: query, errors: [] })
    }),
  )
})

it('reads back what it wrote of a count', () => {
  const values = fc
    .record({
      status: fc.constantFrom('successful', 'unsuccessful', 'all'),
      user: fc.uniqueArray(
        fc.emailAddress().map((text) => text.toLowerCase()),
        { maxLength: 3 },
      ),
      starts: range,
      ends: range,
      asOf: fc.oneof(fc.constantFrom(undefined, 'now' as const), moment),
    })
    .map(({ starts: [startAfter, startBefore], ends: [endAfter, endBefore], ...rest }) => ({
      ...rest,
      startAfter,
      startBefore,
      endAfter,
      endBefore,
    }))
  fc.assert(
    fc.property(values, (query) => {
      expect(countQuery.read(countQuery.write(query))).toEqual({ values: query, errors: [] })
    }),
  )
})

it.each([
  ['after=2018-02-30', 'after', 'no such day'],
  ['before=tomorrow', 'before', 'not a date'],
  ['after=2018-01-02&before=2018-01-01', 'before', 'ends before it begins'],
  ['limit=1001', 'limit', 'from 1 to 1000'],
  ['offset=1', 'offset', 'needs limit'],
  ['startAfter=2018-01-01', 'startAfter', 'unknown parameter'],
])('refuses %s of the audit', (search, parameter, why) => {
  const pairs = search
    .split('&')
    .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''])
  expect(auditQuery.read(pairs).errors).toMatchObject([{ parameter, message: expect.stringContaining(why) }])
})
