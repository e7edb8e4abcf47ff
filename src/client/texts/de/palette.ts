import { numberText } from '../amounts.ts'
import type { PaletteTexts } from '../en/palette.ts'

export const palette: PaletteTexts = {
  title: 'Was möchten Sie tun?',
  find: 'Aktion suchen',
  hint: 'Einige Wörter der Aktion eingeben',
  actions: 'Aktionen',
  none: 'Keine Aktion heißt so.',

  markHeard: 'Als angehört kennzeichnen',
  markNotHeard: 'Als nicht angehört kennzeichnen',
  closePlayer: 'Wiedergabe schließen',

  filterPeople: 'Nach Personen filtern',
  show: {
    successful: 'Erfolgreiche Gespräche zeigen',
    unsuccessful: 'Erfolglose Gespräche zeigen',
    all: 'Alle Gespräche zeigen',
  },
  sort: {
    newest: 'Sortieren: neueste zuerst',
    oldest: 'Sortieren: älteste zuerst',
    longest: 'Sortieren: längste zuerst',
    shortest: 'Sortieren: kürzeste zuerst',
  },
  resetFilters: 'Filter zurücksetzen',
  openViews: 'Ansichten und letzte Suchen öffnen',
  filterStart: 'Nach Beginn filtern',
  filterEnd: 'Nach Ende filtern',

  nextRow: 'Nächste Zeile',
  previousRow: 'Vorherige Zeile',
  nextPage: 'Nächste Seite',
  previousPage: 'Vorherige Seite',
  firstPage: 'Erste Seite',
  rowsPerPage: (rows) => `${numberText(rows)} Zeilen je Seite zeigen`,
  chooseColumns: 'Spalten, Breiten und Dichte wählen',

  selectRow: 'Zeile auswählen oder abwählen',
  selectPage: 'Alle Zeilen dieser Seite auswählen',
  clearSelection: 'Auswahl aufheben',

  reviewSelected: 'Ausgewählte Gespräche prüfen',
  reviewShown: 'Gezeigte Gespräche prüfen',
  endReview: 'Prüfung beenden',

  export: 'Alles exportieren, was die Filter durchlassen',
  share: 'Gezeigtes teilen',
  switchTheme: 'Farbschema wechseln',
  showKeys: 'Tasten zeigen',
  signOut: 'Abmelden',
}
