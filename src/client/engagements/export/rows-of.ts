import type { ExportProgress } from '../../api/export-stream.ts'

const number = new Intl.NumberFormat('en')

/** Such as "12,000 of 20,483 rows". */
export function rowsOf({ rows, of }: ExportProgress): string {
  return `${number.format(rows)} of ${number.format(of)} rows`
}
