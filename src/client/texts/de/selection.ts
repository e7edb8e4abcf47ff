import { numberText } from '../amounts.ts'
import type { SelectionTexts } from '../en/selection.ts'

export const selection: SelectionTexts = {
  bar: 'Ausgewählte Zeilen',
  selected: (count, elsewhere) => [
    { strong: `${numberText(count)} ausgewählt` },
    ...(elsewhere > 0 ? [`, davon ${numberText(elsewhere)} nicht auf dieser Seite`] : []),
  ],
  copyLinks: 'Links kopieren',
  copyRows: 'Zeilen als Text kopieren',
  copied: 'Kopiert',
  refused: 'Vom Browser verweigert',
  linksCopied: 'Links kopiert.',
  rowsCopied: 'Zeilen kopiert.',
  notCopied: 'Der Browser hat das Kopieren verweigert.',
  review: 'Prüfen',
  noneRecorded: 'Keines davon hat eine Aufzeichnung',
  clear: 'Auswahl aufheben',
  clearHint: 'Aufheben',

  heardOfSelection: (heard, all) => [
    { strong: `${numberText(heard)} von ${numberText(all)} angehört` },
    ', aus der Auswahl, auf diesem Gerät vermerkt',
  ],
  heardOfShown: (heard, all) => [
    { strong: `${numberText(heard)} von ${numberText(all)} angehört` },
    ', aus den gezeigten, auf diesem Gerät vermerkt',
  ],
  heardOfFirst: (heard, known) => [
    { strong: `${numberText(heard)} der ersten ${numberText(known)} angehört` },
    ', aus den gezeigten, auf diesem Gerät vermerkt',
  ],
  heard: 'Angehört',
  markHeard: 'Als angehört kennzeichnen',
  endReview: 'Prüfung beenden',

  unknown: 'unbekannt',
  cells: {
    started: (zone) => `Begonnen (${zone})`,
    ended: (zone) => `Beendet (${zone})`,
    duration: 'Dauer (s)',
    customer: 'Kunde',
    associate: 'Agent',
    team: 'Team',
    waited: 'Wartezeit (s)',
    status: 'Ergebnis',
    reason: 'Grund',
    recordings: 'Aufzeichnungen',
    id: 'ID',
    link: 'Link',
  },
}
