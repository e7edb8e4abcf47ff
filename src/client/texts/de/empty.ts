import { numberText } from '../amounts.ts'
import type { EmptyTexts } from '../en/empty.ts'

export const empty: EmptyTexts = {
  pastTheEnd: 'So weit reicht die Liste der Gespräche nicht',
  endsBefore: (row) => `Die Liste endet vor Zeile ${numberText(row)}.`,
  toFirstPage: 'Zur ersten Seite',
  noMatch: 'Auf kein Gespräch trifft das alles zu',
  noneYet: 'Dieser Mandant hat noch keine Gespräche.',
  takeAway: 'Nehmen Sie etwas weg, um mehr zu sehen:',
  notCounted: 'nicht gezählt',
  countAgain: 'Noch einmal zählen',
}
