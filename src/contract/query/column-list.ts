/** The table's columns that are shown, in their order, written `started,duration`. */
import type { Param } from './param.ts'

export const tableColumns = [
  'started',
  'duration',
  'customer',
  'associate',
  'team',
  'waited',
  'outcome',
  'recordings',
] as const

export type TableColumn = (typeof tableColumns)[number]

export function isTableColumn(text: string): text is TableColumn {
  return tableColumns.some((known) => known === text)
}

/** At least one, each once. */
export function columnList(doc: string): Param<readonly TableColumn[] | undefined> {
  return {
    kind: 'text',
    doc,
    accepts: `columns apart by commas, each once, of ${tableColumns.join(', ')}`,
    fallback: undefined,
    repeatable: false,
    parse: (texts) => {
      const [text = ''] = texts
      if (texts.length > 1) return { wrong: 'given more than once', value: texts.join(', ') }
      const names = text.split(',')
      const columns = names.filter(isTableColumn)
      if (columns.length < names.length) return { wrong: 'not a list of columns' }
      return new Set(columns).size < columns.length ? { wrong: 'a column twice' } : { ok: columns }
    },
    serialize: (columns) => (columns === undefined ? [] : [columns.join(',')]),
  }
}
