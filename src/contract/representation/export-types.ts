/** The media types of exports. */
import type { ExportFormat } from '../query/export-query.ts'

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  xml: 'application/xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Of any of them in frames. */
export const framesType = 'application/vnd.hindsight.frames'
