/** The URL of the page `/{tenant}/engagements`: the API's own parameters, and what only the page needs. */
import { defineQuery, type Rule, type ValuesOf } from './define-query.ts'
import { type EngagementQuery, engagementParams, engagementRules, mostRows } from './engagement-query.ts'
import { text, wholeNumber } from './param.ts'
import { secondSpan } from './second-span.ts'

/** Rows a page shows unless its URL says otherwise. The API's own default of 10 is too few for a wide table. */
export const pageRows = 50

const lastSecond = 359_999

const params = {
  ...engagementParams,
  limit: wholeNumber({ min: 1, max: mostRows }, pageRows, 'Rows on a page.'),
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
  tz: text(
    'a time zone such as Europe/Berlin',
    'The zone in which times are shown; absent: the zone of this device.',
    {
      longest: 64,
      valid: isZone,
    },
  ),
}

type PageParams = typeof params

const pageRules: readonly Rule<PageParams>[] = [
  ...engagementRules,
  {
    parameters: ['rec', 't', 'span'],
    broken: ({ open, rec }) =>
      rec !== undefined && open === undefined ? 'rec needs open, the engagement it belongs to' : undefined,
  },
  {
    parameters: ['t'],
    broken: ({ rec, t }) =>
      t !== undefined && rec === undefined ? 't needs rec, the recording it is a second of' : undefined,
  },
  {
    parameters: ['span'],
    broken: ({ rec, span }) =>
      span !== undefined && rec === undefined ? 'span needs rec, the recording it is a part of' : undefined,
  },
]

export const pageQuery = defineQuery(params, pageRules, { limit: 'offset' })

export type PageQuery = ValuesOf<PageParams>

/** What the API is asked for a page: the same values without what is the page's alone. */
export function engagementQueryOf({
  open: _open,
  rec: _rec,
  t: _t,
  span: _span,
  tz: _tz,
  ...query
}: PageQuery): EngagementQuery {
  return query
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
