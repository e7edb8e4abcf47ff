/** The page around the filters: header, table, pager, and what stands in the place of rows. */
import type { EngagementSort } from '../../../contract/query/engagement-query.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

/** A row that could not be read, counted from 1, and the fields that were wrong. */
export interface UnreadRow {
  readonly row: number
  readonly fields: readonly string[]
}

const english = {
  title: (tenant: string) => `Engagements · ${tenant} · Hindsight`,
  histogram: 'The histogram',
  player: 'The player',
  rowDetail: 'The detail of the row',
  keySheet: 'The sheet of keys',
  ignored: 'Ignored in this link:',
  notGivenHere: (parameters: readonly string[]) =>
    `${parameters.join(', ')}: the host that has the engagements does not know this`,

  keys: 'Keys',
  keysHint: 'Keys (?)',
  signOut: 'Sign out',
  notSignedOut: (why: string) => `Not signed out: ${why}`,
  theme: (now: Theme) => `Theme: ${themes[now]}`,
  switchTheme: (now: Theme, next: Theme) => `Theme: ${themes[now]}. Switch to ${themes[next]}`,

  notCounted: 'Not counted, retry',
  newer: (count: number) => `${numberText(count)} newer, show`,

  engagements: 'Engagements',
  started: (zone: string) => `Started (${zone})`,
  details: 'Details',
  sortBy: (sort: EngagementSort) => `Sort: ${sort} first`,
  loading: 'Loading the engagements …',
  notLoaded: {
    engagements: 'The engagements could not be loaded',
    engagement: 'The engagement could not be loaded',
  },
  noAnswer: 'There is no answer.',
  retry: 'Retry',
  outOfDate: (at: string, why: string) => `These rows are as of ${at}. ${why}`,
  comesBack: 'The page tries again by itself.',
  unread: (rows: readonly UnreadRow[]) =>
    `Some rows could not be read and are not shown: ${rows
      .map(({ row, fields }) => `row ${numberText(row)} (${fields.join(', ')})`)
      .join('; ')}`,

  pinned: 'Engagement opened by this link',
  /** Stands after the name of an engagement. */
  wasOpened: 'was opened by this link and is not on this page of results.',
  closePinned: 'Close the engagement opened by this link',
  loadingOne: 'Loading the engagement …',
  notLookedUp:
    'It cannot be looked up by itself here: the host that has the engagements gives lists alone. Filter for it to find it.',
  gone: 'There is no such engagement, or not any more.',

  pages: 'Pages',
  firstPage: 'First page',
  previous: 'Previous',
  next: 'Next',
  page: (at: number, of: number | undefined) =>
    of === undefined ? `Page ${numberText(at)}` : `Page ${numberText(at)} of ${numberText(of)}`,
  draw: (size: number) => `Random ${numberText(size)} of these`,
  rows: 'Rows',
}

type Theme = 'system' | 'light' | 'dark'
const themes: Readonly<Record<Theme, string>> = {
  system: 'as the system has it',
  light: 'light',
  dark: 'dark',
}

export type PageTexts = typeof english
export const pageTexts = inLanguage('page', english)
