import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportColumns } from '../model/export-columns.ts'
import { type ExportQuery, exportQuery, isTable } from './export-query.ts'

const read = (search: string) => exportQuery.read(new URLSearchParams(search))

const queries: fc.Arbitrary<ExportQuery> = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(fc.constantFrom('a@x.example', 'b+c@x.example'), { maxLength: 2 }),
    startAfter: fc.option(fc.integer({ min: 0, max: 1e12 }), { nil: undefined }),
    asOf: fc.constantFrom(undefined, 'now' as const, 5_000),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
    format: fc.constantFrom('csv', 'json', 'ndjson', 'xml', 'xlsx'),
    columns: fc.shuffledSubarray([...exportColumns], { minLength: 1 }),
    tz: fc.constantFrom(undefined, 'UTC', 'Europe/Berlin'),
    about: fc.constantFrom('yes', 'no'),
    framed: fc.constantFrom('yes', 'no'),
  })
  .map(({ columns, tz, ...rest }) => ({
    ...exportQuery.defaults,
    ...rest,
    ...(isTable(rest.format) && { columns, tz }),
  }))

describe('the query of an export', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(exportQuery.read(exportQuery.write(query))).toEqual({ values: query, errors: [] })
      }),
    )
  })

  it('keeps the order of the columns', () => {
    expect(read('columns=id,startDate').values.columns).toEqual(['id', 'startDate'])
    expect(read('').values.columns).toEqual(exportColumns)
  })

  it.each([
    ['limit=10', 'limit', '10'],
    ['offset=0', 'offset', '0'],
    ['format=pdf', 'format', 'pdf'],
    ['format=', 'format', ''],
    ['columns=', 'columns', ''],
    ['columns=id,colour', 'columns', 'colour'],
    ['columns=id,id', 'columns', 'id,id'],
    ['columns=id&columns=reason', 'columns', 'id, reason'],
    ['tz=Mars', 'tz', 'Mars'],
    ['about=maybe', 'about', 'maybe'],
    ['framed=1', 'framed', '1'],
    ['format=json&columns=id', 'columns', 'id'],
    ['format=xml&tz=UTC', 'tz', 'UTC'],
    ['startAfter=2026-01-02&startBefore=2026-01-01', 'startBefore', '2026-01-01'],
  ])('refuses %s by name', (search, parameter, value) => {
    expect(read(search).errors).toMatchObject([{ parameter, value }])
  })
})
