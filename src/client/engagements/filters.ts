/** The applied filters, one by one: what each says, and the page without it. */
import type { PageQuery } from '../../contract/query/page-query.ts'
import { rangeText } from '../time/range-text.ts'
import { applyChange } from './page-url.ts'
import { asOfText } from './sentence.ts'

export interface AppliedFilter {
  readonly key: string
  readonly text: string
  readonly without: PageQuery
}

export function appliedFilters(page: PageQuery, zone: string): AppliedFilter[] {
  const { user, startAfter, startBefore, endAfter, endBefore, asOf } = page
  const filters = user.map((email) => ({
    key: `user ${email}`,
    text: email,
    without: applyChange(page, { user: user.filter((other) => other !== email) }),
  }))
  if (startAfter !== undefined || startBefore !== undefined) {
    filters.push({
      key: 'started',
      text: `Started ${rangeText({ from: startAfter, to: startBefore }, zone)}`,
      without: applyChange(page, { startAfter: undefined, startBefore: undefined }),
    })
  }
  if (endAfter !== undefined || endBefore !== undefined) {
    filters.push({
      key: 'ended',
      text: `Ended ${rangeText({ from: endAfter, to: endBefore }, zone)}`,
      without: applyChange(page, { endAfter: undefined, endBefore: undefined }),
    })
  }
  if (asOf !== undefined) {
    filters.push({
      key: 'as of',
      text: `As of ${asOfText(asOf, zone)}`,
      without: applyChange(page, { asOf: undefined }),
    })
  }
  return filters
}
