/** The query of `GET /v1/engagements/export/{tenant}` (ours): a list’s filters and order, and how the file is to be. */
import { exportColumns } from '../model/export-columns.ts'
import { defineQuery, type Params, type ValuesOf } from './define-query.ts'
import { engagementParams, filterRules } from './engagement-query.ts'
import { someWords, word } from './param.ts'
import { zone } from './zone.ts'

const { limit: _limit, offset: _offset, ...selectionParams } = engagementParams

const params = {
  ...selectionParams,
  format: word(['csv', 'json', 'ndjson', 'xml', 'xlsx'], 'csv', 'What the file is.'),
  columns: someWords(exportColumns, 'The columns of a csv or xlsx, in their order.'),
  tz: zone('The zone of the times in a csv or xlsx, each with its offset; absent: UTC.'),
  about: word(
    ['yes', 'no'],
    'yes',
    'Whether the file begins by telling link, filters, moment and number of rows.',
  ),
  framed: word(
    ['no', 'yes'],
    'no',
    'The file in frames that tell how many rows are written, the last one that it is whole; for whoever shows progress.',
  ),
} satisfies Params

export type ExportQuery = ValuesOf<typeof params>
export type ExportFormat = ExportQuery['format']

/** A table has columns, and times for people; the other formats are the contract's own documents, whole and in UTC. */
export function isTable(format: ExportFormat): boolean {
  return format === 'csv' || format === 'xlsx'
}

const onlyOfTables = (name: 'columns' | 'tz') => ({
  parameter: name,
  broken: ({ format }: ExportQuery, given: ReadonlySet<string>) =>
    given.has(name) && !isTable(format)
      ? `${name} goes with a table; expected format=csv or format=xlsx`
      : undefined,
})

export const exportQuery = defineQuery(params, [...filterRules, onlyOfTables('columns'), onlyOfTables('tz')])
