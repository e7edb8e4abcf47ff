import { numberText } from '../amounts.ts'
import type { ColumnsDialogTexts } from '../en/columns-dialog.ts'

export const columnsDialog: ColumnsDialogTexts = {
  title: 'Spalten',
  moved: (column, place, of) => `${column} ist Spalte ${numberText(place)} von ${numberText(of)}.`,
  width: (column) => `Breite von ${column} in Pixeln`,
  ownWidth: 'auto',
  moveUp: (column) => `${column} nach oben`,
  moveDown: (column) => `${column} nach unten`,
  density: 'Dichte',
  comfortable: 'Bequem',
  compact: 'Kompakt',
  putInLink: 'Spalten in den Link aufnehmen',
  ofDevice: 'Breiten und Dichte bleiben auf diesem Gerät.',
  done: 'Fertig',
  asUsual: 'Zurück zu den üblichen Spalten',
}
