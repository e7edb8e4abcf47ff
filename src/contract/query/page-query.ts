/** The URL of the page `/{tenant}/engagements`: the API's own parameters, and what only the page needs. */
import { columnList } from './column-list.ts'
import { defineQuery, type Rule, type ValuesOf } from './define-query.ts'
import {
  type EngagementFilter,
  type EngagementQuery,
  engagementParams,
  engagementRules,
  mostRows,
  mostSeed,
  type SampleQuery,
} from './engagement-query.ts'
import { text, wholeNumber, word } from './param.ts'
import { secondSpan } from './second-span.ts'
import { zone } from './zone.ts'

/** Rows a page shows unless its URL says otherwise. The API's own default of 10 is too few for a wide table. */
export const pageRows = 50

/**
 * Ranges that move with the calendar of whoever looks. `7d`, `30d` and `90d` are that many whole days, the present one
 * included; `week` begins on Monday; all but `yesterday` end with the present day.
 */
export const rollingRanges = ['today', 'yesterday', '7d', '30d', '90d', 'week', 'month'] as const

export type RollingRange = (typeof rollingRanges)[number]

const lastSecond = 359_999

const params = {
  ...engagementParams,
  range: word(
    rollingRanges,
    undefined,
    'Starts in whole days of the zone shown, counted back from the day on which the page is looked at.',
  ),
  limit: wholeNumber({ min: 1, max: mostRows }, pageRows, 'Rows on a page.'),
  n: wholeNumber(
    { min: 0, max: Number.MAX_SAFE_INTEGER },
    undefined,
    'How many there were when the address was shared.',
  ),
  sample: wholeNumber(
    { min: 1, max: mostRows },
    undefined,
    'How many are drawn at random, in place of pages.',
  ),
  seed: wholeNumber({ min: 0, max: mostSeed }, undefined, 'Which random sample.'),
  open: text('the id of an engagement', 'The expanded engagement.', { longest: 1024 }),
  rec: wholeNumber(
    { min: 1, max: 999 },
    undefined,
    'The recording in the player, counted from 1 in the open engagement.',
  ),
  t: wholeNumber(
    { min: 0, max: lastSecond },
    undefined,
    'The second of the recording at which the player stands.',
  ),
  span: secondSpan(lastSecond, 'The part of the recording between two marks, in seconds.'),
  tz: zone('The zone in which times are shown; absent: the zone of this device.'),
  cols: columnList('The columns shown, in their order; absent: those of this device.'),
}

type PageParams = typeof params

const sampleNeedsBoth = 'a sample needs both; expected such as sample=10&seed=4711'

const pageRules: readonly Rule<PageParams>[] = [
  ...engagementRules,
  {
    parameter: 'n',
    broken: ({ n, asOf }) =>
      n !== undefined && asOf === undefined ? 'n needs asOf, the moment that it was counted at' : undefined,
  },
  {
    parameter: 'sample',
    broken: ({ sample, seed }) => (sample !== undefined && seed === undefined ? sampleNeedsBoth : undefined),
  },
  {
    parameter: 'seed',
    broken: ({ sample, seed }) => (seed !== undefined && sample === undefined ? sampleNeedsBoth : undefined),
  },
  {
    parameter: 'offset',
    broken: ({ offset, sample }) =>
      offset > 0 && sample !== undefined ? 'a sample has no pages, so no offset' : undefined,
  },
  {
    parameter: 'range',
    broken: ({ range, startAfter, startBefore }) =>
      range !== undefined && (startAfter !== undefined || startBefore !== undefined)
        ? 'startAfter and startBefore say exactly when; expected either them or a range'
        : undefined,
  },
  {
    parameter: 'rec',
    broken: ({ open, rec }) =>
      rec !== undefined && open === undefined ? 'rec needs open, the engagement it belongs to' : undefined,
  },
  {
    parameter: 't',
    broken: ({ rec, t }) =>
      t !== undefined && rec === undefined ? 't needs rec, the recording it is a second of' : undefined,
  },
  {
    parameter: 'span',
    broken: ({ rec, span }) =>
      span !== undefined && rec === undefined ? 'span needs rec, the recording it is a part of' : undefined,
  },
]

export const pageQuery = defineQuery(params, pageRules, { limit: 'offset' })

export type PageQuery = ValuesOf<PageParams>

/** A page of which the starts are instants: what its range stood for, if it had one. */
export type ExactPage = PageQuery & { readonly range: undefined }

/** What the API is asked for a page: the same values without what is the page's alone. */
export function engagementQueryOf({
  range: _range,
  n: _n,
  sample: _sample,
  seed: _seed,
  open: _open,
  rec: _rec,
  t: _t,
  span: _span,
  tz: _tz,
  cols: _cols,
  ...query
}: ExactPage): EngagementQuery {
  return query
}

/** What decides which engagements the page is about. */
export function filterOf(page: ExactPage): EngagementFilter {
  const { limit: _limit, offset: _offset, sort: _sort, ...filter } = engagementQueryOf(page)
  return filter
}

/** What the list of a page is asked for: its rows, or the sample in their place. Always of a moment, which the answer then names. */
export function listQueryOf(page: ExactPage): EngagementQuery | SampleQuery {
  const asOf = page.asOf ?? 'now'
  const { sample: limit, seed, sort } = page
  if (limit === undefined || seed === undefined) return { ...engagementQueryOf(page), asOf }
  return { ...filterOf(page), asOf, limit, seed, sort }
}
