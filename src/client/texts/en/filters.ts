/** The filter bar, and each applied filter by itself. */
import type { EngagementSort, EngagementStatus } from '../../../contract/query/engagement-query.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  filters: 'Filters',
  outcome: 'Outcome',
  statuses: {
    successful: 'Successful',
    unsuccessful: 'Unsuccessful',
    all: 'All',
  } satisfies Record<EngagementStatus, string>,
  sort: 'Sort',
  sorts: {
    newest: 'Newest first',
    oldest: 'Oldest first',
    longest: 'Longest first',
    shortest: 'Shortest first',
  } satisfies Record<EngagementSort, string>,
  reset: 'Reset',
  columns: 'Columns',
  share: 'Share',
  ranges: { started: 'Started', ended: 'Ended' },
  endedBeforeStarted: 'An engagement cannot have ended before it started',

  email: 'User’s email',
  addEmail: 'Add a user’s email',
  addAnother: 'Add another',
  remove: (email: string) => `Remove ${email}`,
  notAnEmail: (text: string) => `“${text}” is not an email address`,
  tooMany: (most: number) => `At most ${numberText(most)} people at once`,

  applied: 'Applied filters',
  removeFilter: (filter: string) => `Remove filter ${filter}`,
  started: (range: string) => `Started ${range}`,
  ended: (range: string) => `Ended ${range}`,
  asOf: (moment: string) => `As of ${moment}`,
  openLeftOut: 'Engagements still open have no end and are left out.',

  without: (filter: string) => `Without “${filter}”`,
  withoutUsers: 'Without the users',
  withoutAny: 'Without any of these',
  otherStatus: {
    successful: 'Only successful ones: show all',
    unsuccessful: 'Only unsuccessful ones: show all',
  } satisfies Record<Exclude<EngagementStatus, 'all'>, string>,
  otherAlone: {
    successful: 'Show the unsuccessful ones instead',
    unsuccessful: 'Show the successful ones instead',
  } satisfies Record<Exclude<EngagementStatus, 'all'>, string>,
}

export type FiltersTexts = typeof english
export const filtersTexts = inLanguage('filters', english)
