import { numberText, plural } from '../amounts.ts'
import type { CellsTexts } from '../en/cells.ts'

export const cells: CellsTexts = {
  details: (row) => `Einzelheiten zu ${row}`,
  select: (row) => `${row} auswählen`,
  selectPage: 'Die ganze Seite auswählen',
  unknown: 'unbekannt',
  stillOpen: 'noch offen',

  inProgress: 'Läuft noch',
  unsuccessful: 'Erfolglos',
  releases: { connected: 'Verbunden', attempted: 'Nicht angenommen' },
  statuses: { successful: 'erfolgreich', unsuccessful: 'erfolglos' },

  noRecordings: 'keine',
  play: (count, row) => `${recordings(count)} von ${row} abspielen`,
  inPlayer: (count, row) => `In der Wiedergabe: ${recordings(count)} von ${row}`,
}

function recordings(count: number): string {
  return `${numberText(count)} ${plural(count, { one: 'Aufzeichnung', other: 'Aufzeichnungen' })}`
}
