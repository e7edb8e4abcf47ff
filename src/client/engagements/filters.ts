/** The applied filters, one by one: what each says, and the page without it. */

import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { timesTexts } from '../texts/en/times.ts'
import { instantsText, rangeText } from '../time/range-text.ts'
import { applyChange } from './page-url.ts'
import { asOfText } from './sentence.ts'

export interface AppliedFilter {
  readonly key: string
  readonly text: string
  /** More exactly. */
  readonly detail?: string
  readonly without: PageQuery
}

/** @param query what the page asks for at the moment */
export function appliedFilters(page: PageQuery, query: EngagementQuery, zone: string): AppliedFilter[] {
  const texts = filtersTexts()
  const { user, startAfter, startBefore, endAfter, endBefore, asOf } = query
  const filters: AppliedFilter[] = user.map((email) => ({
    key: `user ${email}`,
    text: email,
    without: applyChange(page, { user: user.filter((other) => other !== email) }),
  }))
  const started = { from: startAfter, to: startBefore }
  if (startAfter !== undefined || startBefore !== undefined) {
    filters.push({
      key: 'started',
      text: texts.started(
        page.range === undefined ? rangeText(started, zone) : timesTexts().rolling[page.range],
      ),
      detail: instantsText(started, zone),
      without: applyChange(page, { range: undefined, startAfter: undefined, startBefore: undefined }),
    })
  }
  if (endAfter !== undefined || endBefore !== undefined) {
    filters.push({
      key: 'ended',
      text: texts.ended(rangeText({ from: endAfter, to: endBefore }, zone)),
      without: applyChange(page, { endAfter: undefined, endBefore: undefined }),
    })
  }
  if (asOf !== undefined) {
    filters.push({
      key: 'as of',
      text: texts.asOf(asOfText(asOf, zone)),
      without: applyChange(page, { asOf: undefined }),
    })
  }
  return filters
}
