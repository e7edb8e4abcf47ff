import type { ColumnsTexts } from '../en/columns.ts'

export const columns: ColumnsTexts = {
  started: 'Begonnen',
  duration: 'Dauer',
  customer: 'Kunde',
  associate: 'Agent',
  team: 'Team',
  waited: 'Wartezeit',
  outcome: 'Ergebnis',
  recordings: 'Aufzeichnungen',
}
