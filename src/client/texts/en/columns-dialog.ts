/** Choosing the table's columns. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  title: 'Columns',
  moved: (column: string, place: number, of: number) =>
    `${column} is column ${numberText(place)} of ${numberText(of)}.`,
  width: (column: string) => `Width of ${column} in pixels`,
  ownWidth: 'auto',
  moveUp: (column: string) => `Move ${column} up`,
  moveDown: (column: string) => `Move ${column} down`,
  density: 'Density',
  comfortable: 'Comfortable',
  compact: 'Compact',
  putInLink: 'Put the columns in the link',
  ofDevice: 'Widths and density stay on this device.',
  done: 'Done',
  asUsual: 'Back to the usual columns',
}

export type ColumnsDialogTexts = typeof english
export const columnsDialogTexts = inLanguage('columnsDialog', english)
