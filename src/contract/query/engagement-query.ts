/** The query of `GET /v1/engagements/{tenant}`, and of the count of the same: each parameter declared once. */
import { defineQuery, type Params, type Rule, type ValuesOf } from './define-query.ts'
import { emails, instant, momentOrNow, wholeNumber, word } from './param.ts'
import { offsetNeedsLimit, orderedRange } from './rules.ts'

export const mostUsers = 50
export const mostRows = 100

/** Also of the histogram's query. */
export const filterParams = {
  status: word(
    ['successful', 'unsuccessful', 'all'],
    'successful',
    'Outcome of the engagement; blank means successful.',
    {
      blank: 'successful',
    },
  ),
  user: emails(
    mostUsers,
    'Email of any user of the engagement, whatever the association; several are OR-ed.',
  ),
  startAfter: instant('after', 'Earliest start, inclusive.'),
  startBefore: instant('before', 'Latest start, inclusive.'),
  endAfter: instant('after', 'Earliest end, inclusive; an engagement that has not ended never matches.'),
  endBefore: instant('before', 'Latest end, inclusive; an engagement that has not ended never matches.'),
  asOf: momentOrNow(
    'Only engagements that had arrived here by then, as they are now (ours); a moment yet to come is as now. The answer’s `Link` has the exact moment.',
  ),
} satisfies Params

export const engagementParams = {
  ...filterParams,
  limit: wholeNumber({ min: 1, max: mostRows }, 10, 'Rows to return at most.'),
  offset: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }, 0, 'The row to start at; needs limit.'),
  sort: word(
    ['newest', 'oldest', 'shortest', 'longest'],
    'newest',
    'newest and oldest by start, shortest and longest by duration; ties by id, unknown last.',
  ),
} satisfies Params

export type FilterParams = typeof filterParams
type EngagementParams = typeof engagementParams

/** The laws of the filters alone. */
export const filterRules: readonly Rule<FilterParams>[] = [
  orderedRange('startBefore', 'startAfter'),
  orderedRange('endBefore', 'endAfter'),
]

/** The laws over several parameters; the page's URL obeys them too. */
export const engagementRules: readonly Rule<EngagementParams>[] = [offsetNeedsLimit(), ...filterRules]

export const engagementQuery = defineQuery(engagementParams, engagementRules, { limit: 'offset' })

/** The query of `GET /v1/engagements/count/{tenant}` (ours): which engagements, without which of their rows. */
export const countQuery = defineQuery(filterParams, filterRules)

/** How many seeds there are: enough that two people hardly ever draw the same one, few enough to keep a link short. */
export const mostSeed = 999_999

const sampleParams = {
  ...filterParams,
  limit: wholeNumber({ min: 1, max: mostRows }, 10, 'Engagements to draw at most.'),
  seed: wholeNumber(
    { min: 0, max: mostSeed },
    0,
    'Which sample: the same seed draws the same engagements from the same ones.',
  ),
  sort: { ...engagementParams.sort, doc: `The order of what was drawn: ${engagementParams.sort.doc}` },
} satisfies Params

/** The query of `GET /v1/engagements/sample/{tenant}` (ours): which engagements, and which draw of them. */
export const sampleQuery = defineQuery(sampleParams, filterRules)

/** A read query: `user` folded, dates in epoch milliseconds, everything else as declared; nothing optional left open. */
export type EngagementQuery = ValuesOf<EngagementParams>

/** What decides whether an engagement is in a list, apart from which rows of the list are shown. */
export type EngagementFilter = ValuesOf<FilterParams>

export type SampleQuery = ValuesOf<typeof sampleParams>

/** Which engagements in which order: a list without its pages. */
export type EngagementSelection = Omit<EngagementQuery, 'limit' | 'offset'>

export type EngagementSort = EngagementQuery['sort']
export type EngagementStatus = EngagementQuery['status']
