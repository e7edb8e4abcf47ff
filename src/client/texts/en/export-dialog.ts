/** The export: what it holds, how far it is, what became of it. */
import type { ExportColumn } from '../../../contract/model/export-columns.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

/** As the file itself names them. */
const columnNames: Readonly<Record<ExportColumn, string>> = {
  startDate: 'Started',
  endDate: 'Ended',
  id: 'Id',
  duration: 'Duration (s)',
  contents: 'Contents',
  customers: 'Customers',
  associates: 'Associates',
  otherUsers: 'Other users',
  recordings: 'Recordings',
  recordingUris: 'Recording addresses',
  releaseState: 'Release state',
  status: 'Status',
  pendingTime: 'Waited (s)',
  assignedTeam: 'Team',
  associateInitiated: 'Started by associate',
  reason: 'Reason',
  context: 'Context',
}

const english = {
  title: 'Export',
  /** @param sentence says what the page shows */
  what: (sentence: string) => `${sentence}: every one that matches, not this page alone.`,
  format: 'Format',
  columns: 'Columns',
  columnNames,
  ofTable: (zone: string) =>
    `Times are in ${zone}, each with its offset. Texts that a spreadsheet would take for a formula get an apostrophe before them.`,
  ofDocuments: 'Whole engagements as the API gives them, times in UTC.',
  start: 'Export',
  startAgain: 'Export again',
  close: 'Close',
  chooseColumn: 'Choose a column at least.',

  written: 'Rows written',
  counting: 'Counting …',
  cancel: 'Cancel',
  /** Of those that matched when it began. */
  rows: (rows: number, of: number) => `${numberText(rows)} of ${numberText(of)} rows`,

  waits: 'The export waits for you to sign in again, and goes on then.',
  refused: (why: string) => `Nothing was exported. ${why}`,
  saved: (name: string, rows: string) => `Saved as ${name}: ${rows}.`,
  someChanged: 'Some were changed or deleted while it was written.',
  cancelled: (rows: string) => `The export was cancelled. ${rows} came.`,
  broken: (why: string, rows: string) => `The export is not whole. ${why} ${rows} came.`,
  savePart: (name: string) => `Save what came as ${name}`,
}

export type ExportDialogTexts = typeof english
export const exportDialogTexts = inLanguage('exportDialog', english)
