/** The query of `GET /v1/audit/{tenant}`. */
import { defineQuery, type Params, type ValuesOf } from './define-query.ts'
import { instant, wholeNumber } from './param.ts'
import { offsetNeedsLimit, orderedRange } from './rules.ts'

const auditParams = {
  after: instant('after', 'Earliest moment, inclusive.'),
  before: instant('before', 'Latest moment, inclusive.'),
  limit: wholeNumber({ min: 1, max: 1000 }, 100, 'Events to return at most.'),
  offset: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }, 0, 'The event to start at; needs limit.'),
} satisfies Params

export const auditQuery = defineQuery(
  auditParams,
  [offsetNeedsLimit<typeof auditParams>(), orderedRange<typeof auditParams>('before', 'after')],
  { limit: 'offset' },
)

export type AuditQuery = ValuesOf<typeof auditParams>
