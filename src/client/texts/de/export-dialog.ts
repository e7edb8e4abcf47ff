import { numberText, plural } from '../amounts.ts'
import type { ExportDialogTexts } from '../en/export-dialog.ts'

const columnNames: ExportDialogTexts['columnNames'] = {
  startDate: 'Begonnen',
  endDate: 'Beendet',
  id: 'ID',
  duration: 'Dauer (s)',
  contents: 'Inhalt',
  customers: 'Kunden',
  associates: 'Agenten',
  otherUsers: 'Andere Beteiligte',
  recordings: 'Aufzeichnungen',
  recordingUris: 'Adressen der Aufzeichnungen',
  releaseState: 'Verbindung',
  status: 'Ergebnis',
  pendingTime: 'Wartezeit (s)',
  assignedTeam: 'Team',
  associateInitiated: 'Vom Agenten begonnen',
  reason: 'Grund',
  context: 'Kontext',
}

export const exportDialog: ExportDialogTexts = {
  title: 'Export',
  what: (sentence) => `${sentence}: alle, auf die das zutrifft, nicht nur diese Seite.`,
  format: 'Format',
  columns: 'Spalten',
  columnNames,
  // The file is the server's, which speaks English alone.
  ofTable: (zone) =>
    `Zeiten stehen in der Zeitzone ${zone}, jede mit ihrem Abstand zu UTC. Vor Texten, die eine Tabellenkalkulation für eine Formel hielte, steht ein Apostroph. In der Datei haben die Spalten englische Namen.`,
  ofDocuments: 'Ganze Gespräche, wie die Schnittstelle sie liefert, mit Zeiten in UTC.',
  start: 'Exportieren',
  startAgain: 'Erneut exportieren',
  close: 'Schließen',
  chooseColumn: 'Wählen Sie mindestens eine Spalte.',

  written: 'Geschriebene Zeilen',
  counting: 'Wird gezählt …',
  cancel: 'Abbrechen',
  rows: (rows, of) =>
    `${numberText(rows)} von ${numberText(of)} ${plural(of, { one: 'Zeile', other: 'Zeilen' })}`,

  waits: 'Der Export wartet auf Ihre Anmeldung und geht dann weiter.',
  refused: (why) => `Es wurde nichts exportiert. ${why}`,
  saved: (name, rows) => `Gespeichert als ${name}: ${rows}.`,
  someChanged: 'Einige wurden währenddessen geändert oder gelöscht.',
  cancelled: (rows) => `Der Export wurde abgebrochen. Angekommen: ${rows}.`,
  broken: (why, rows) => `Der Export ist unvollständig. ${why} Angekommen: ${rows}.`,
  savePart: (name) => `Angekommenes als ${name} speichern`,
}
