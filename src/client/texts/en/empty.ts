/** What stands in the place of rows where there are none. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  pastTheEnd: 'There are no engagements this far down the list',
  endsBefore: (row: number) => `The list ends before row ${numberText(row)}.`,
  toFirstPage: 'Go to the first page',
  noMatch: 'No engagement matches all of this',
  noneYet: 'This tenant has no engagements yet.',
  takeAway: 'Take something away to see more:',
  notCounted: 'not counted',
  countAgain: 'Count again',
}

export type EmptyTexts = typeof english
export const emptyTexts = inLanguage('empty', english)
