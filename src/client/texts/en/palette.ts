/** Every action by its name; no two have the same. */
import type { EngagementSort, EngagementStatus } from '../../../contract/query/engagement-query.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const show: Readonly<Record<EngagementStatus, string>> = {
  successful: 'Show successful engagements',
  unsuccessful: 'Show unsuccessful engagements',
  all: 'Show all engagements',
}

const sort: Readonly<Record<EngagementSort, string>> = {
  newest: 'Sort newest first',
  oldest: 'Sort oldest first',
  longest: 'Sort longest first',
  shortest: 'Sort shortest first',
}

const english = {
  title: 'What to do',
  find: 'Find an action',
  hint: 'Type some of its words',
  actions: 'Actions',
  none: 'No action is called that.',

  markHeard: 'Mark as heard',
  markNotHeard: 'Mark as not heard',
  closePlayer: 'Close the player',

  filterPeople: 'Filter by people',
  show,
  sort,
  resetFilters: 'Reset the filters',
  openViews: 'Open the views and recent searches',
  filterStart: 'Filter by start',
  filterEnd: 'Filter by end',

  nextRow: 'Next row',
  previousRow: 'Previous row',
  nextPage: 'Next page',
  previousPage: 'Previous page',
  firstPage: 'First page',
  rowsPerPage: (rows: number) => `Show ${numberText(rows)} rows a page`,
  chooseColumns: 'Choose columns, widths and density',

  selectRow: 'Select the row, or let it go',
  selectPage: 'Select all rows of this page',
  clearSelection: 'Clear the selection',

  reviewSelected: 'Review the selected engagements',
  reviewShown: 'Review what is shown',
  endReview: 'End the review',

  export: 'Export what the filters let through',
  share: 'Share what is shown',
  switchTheme: 'Switch the theme',
  showKeys: 'Show the keys',
  signOut: 'Sign out',
}

export type PaletteTexts = typeof english
export const paletteTexts = inLanguage('palette', english)
