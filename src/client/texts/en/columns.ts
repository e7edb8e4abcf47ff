/** What the table's columns are called. */
import type { TableColumn } from '../../../contract/query/column-list.ts'
import { inLanguage } from '../in-language.ts'

export type ColumnsTexts = Readonly<Record<TableColumn, string>>

export const columnsTexts = inLanguage('columns', {
  started: 'Started',
  duration: 'Duration',
  customer: 'Customer',
  associate: 'Associate',
  team: 'Team',
  waited: 'Waited',
  outcome: 'Outcome',
  recordings: 'Recordings',
})
