/** Engagements as tables: CSV (RFC 4180, UTF-8 with a byte order mark, which Excel asks for) and XLSX. */
import { writeCsv } from 'hucre/csv'
import { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } from 'hucre/xlsx'
import type { ExportColumn } from '../../contract/model/export-columns.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { columnLabels } from '../../contract/representation/column-labels.ts'
import { type About, aboutLines } from './about.ts'
import { withoutFormula } from './formula-text.ts'
import { type Cell, rowCells } from './row-cells.ts'

export type Batches = Iterable<readonly string[]> | AsyncIterable<readonly string[]>

export interface TableForm {
  readonly columns: readonly ExportColumn[]
  readonly zone: string
  readonly time: (at: EpochMs) => string
  /** Absent: the table begins with the names of its columns. */
  readonly about: About | undefined
}

const byteOrderMark = '\ufeff'
const lineEnd = '\r\n'

export async function* csvTexts(batches: Batches, form: TableForm): AsyncGenerator<string> {
  yield byteOrderMark + csvLines(openingRows(form, []))
  for await (const documents of batches)
    yield csvLines(documents.map((document) => rowCells(document, form.columns, form.time)))
}

function csvLines(rows: Cell[][]): string {
  return rows.length === 0 ? '' : writeCsv(rows, { lineSeparator: lineEnd }) + lineEnd
}

/** Excel takes a workbook with a longer text for a damaged one. */
const longestCell = 32_767
const cut = ' … [cut]'
const cutRule = `A text of more than ${longestCell} characters, which no cell can hold, ends in "${cut.trim()}"; CSV and JSON have it whole.`
// Everything but the production Char of XML 1.0, section 2.2.
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const columnWidth = 22

/** @param mostRows of a sheet, its first rows included; what goes on has the names of the columns again */
export function workbookBytes(
  batches: Batches,
  form: TableForm,
  mostRows = XLSX_MAX_ROWS_PER_SHEET,
): AsyncIterable<Uint8Array> {
  return writeXlsxStream(workbookRows(batches, form, mostRows), {
    name: 'Engagements',
    columns: form.columns.map(() => ({ width: columnWidth })),
    maxRowsPerSheet: mostRows,
    // The library would repeat the first row, which tells of the export.
    repeatHeaders: false,
  })
}

async function* workbookRows(batches: Batches, form: TableForm, mostRows: number): AsyncGenerator<Cell[]> {
  const opening = openingRows(form, [['Long texts', cutRule]])
  yield* opening.map((row) => row.map(fitting))
  let filled = opening.length
  for await (const documents of batches) {
    for (const document of documents) {
      if (filled === mostRows) {
        yield names(form)
        filled = 1
      }
      yield rowCells(document, form.columns, form.time).map(fitting)
      filled++
    }
  }
}

function fitting(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const text = cell.length > longestCell ? cell.slice(0, longestCell - cut.length) + cut : cell
  return text.replace(unwritable, '\ufffd')
}

function openingRows(form: TableForm, more: readonly (readonly [string, string])[]): Cell[][] {
  const told = form.about === undefined ? [] : aboutLines(form.about, form.zone, more)
  return [
    ...told.map(([name, value]) => [name, typeof value === 'string' ? withoutFormula(value) : value]),
    names(form),
  ]
}

function names({ columns }: TableForm): Cell[] {
  return columns.map((column) => columnLabels[column])
}
