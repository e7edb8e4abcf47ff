/** The bar of selected rows and of a review, and what is copied of the rows. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'
import type { WeightedParts } from '../parts.ts'

const english = {
  bar: 'Selected rows',
  /** @param elsewhere how many of them are not on this page */
  selected: (count: number, elsewhere: number): WeightedParts => [
    { strong: `${numberText(count)} selected` },
    ...(elsewhere > 0 ? [`, ${numberText(elsewhere)} not on this page`] : []),
  ],
  copyLinks: 'Copy links',
  copyRows: 'Copy rows as text',
  copied: 'Copied',
  refused: 'The browser refused',
  linksCopied: 'Links copied.',
  rowsCopied: 'Rows copied.',
  notCopied: 'The browser refused to copy.',
  review: 'Review',
  noneRecorded: 'None of them has a recording',
  clear: 'Clear the selection',
  clearHint: 'Clear',

  heardOfSelection: (heard: number, all: number): WeightedParts => [
    { strong: `Heard ${numberText(heard)} of ${numberText(all)}` },
    ' of the selection, kept on this device',
  ],
  heardOfShown: (heard: number, all: number): WeightedParts => [
    { strong: `Heard ${numberText(heard)} of ${numberText(all)}` },
    ' of what is shown, kept on this device',
  ],
  /** @param known those that were looked through, while there are more */
  heardOfFirst: (heard: number, known: number): WeightedParts => [
    { strong: `Heard ${numberText(heard)} of the first ${numberText(known)}` },
    ' of what is shown, kept on this device',
  ],
  heard: 'Heard',
  markHeard: 'Mark as heard',
  endReview: 'End review',

  unknown: 'unknown',
  /** What the cells of a copied row are called. */
  cells: {
    started: (zone: string) => `Started (${zone})`,
    ended: (zone: string) => `Ended (${zone})`,
    duration: 'Duration (s)',
    customer: 'Customer',
    associate: 'Associate',
    team: 'Team',
    waited: 'Waited (s)',
    status: 'Status',
    reason: 'Reason',
    recordings: 'Recordings',
    id: 'Id',
    link: 'Link',
  },
}

export type SelectionTexts = typeof english
export const selectionTexts = inLanguage('selection', english)
