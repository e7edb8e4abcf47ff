/** What stands in the rows of the table, and what its buttons are called. */
import { numberText, plural } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  details: (row: string) => `Details of ${row}`,
  select: (row: string) => `Select ${row}`,
  selectPage: 'Select the whole page',
  unknown: 'unknown',
  stillOpen: 'still open',

  inProgress: 'In progress',
  unsuccessful: 'Unsuccessful',
  /** By release state. */
  releases: { connected: 'Connected', attempted: 'Not answered' },
  statuses: { successful: 'successful', unsuccessful: 'unsuccessful' },

  noRecordings: 'none',
  play: (count: number, row: string) => `Play ${recordings(count)} of ${row}`,
  inPlayer: (count: number, row: string) => `In the player: ${recordings(count)} of ${row}`,
}

function recordings(count: number): string {
  return `${numberText(count)} ${plural(count, { one: 'recording', other: 'recordings' })}`
}

export type CellsTexts = typeof english
export const cellsTexts = inLanguage('cells', english)
