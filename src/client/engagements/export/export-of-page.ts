/** What of the page goes into an export: the applied query as a whole, whichever of its pages is shown. */
import type { ExportColumn } from '../../../contract/model/export-columns.ts'
import {
  type ExportFormat,
  type ExportQuery,
  exportQuery,
  isTable,
} from '../../../contract/query/export-query.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { queryAt } from '../applied-range.ts'

/** @param columns in the order they are declared in */
export function exportOfPage(
  page: PageQuery,
  zone: string,
  format: ExportFormat,
  columns: readonly ExportColumn[],
): ExportQuery {
  const { limit: _limit, offset: _offset, ...selection } = queryAt(page, Date.now())
  return { ...exportQuery.defaults, ...selection, format, ...(isTable(format) && { columns, tz: zone }) }
}
