/** What would bring more where nothing matches. */
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { type PageQuery, pageQuery } from '../../contract/query/page-query.ts'
import type { Lacks } from '../source-parts.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { type AppliedFilter, appliedFilters } from './filters.ts'
import { applyChange } from './page-url.ts'

/**
 * What could be left out where nothing matches, one by one, and all of it at once where there are several. Users are left out
 * together: an engagement needs only one of them, so that without one there are fewer.
 */
export function waysOut(
  page: PageQuery,
  query: EngagementQuery,
  zone: string,
  lacks: Lacks,
): AppliedFilter[] {
  const { status, user } = page
  const texts = filtersTexts()
  const ways = appliedFilters(page, query, zone)
    .filter(({ key }) => user.length < 2 || !key.startsWith('user '))
    .map((filter) => ({ ...filter, text: texts.without(filter.text) }))
  if (user.length > 1) {
    const users = { key: 'users', text: texts.withoutUsers, without: applyChange(page, { user: [] }) }
    ways.unshift(users)
  }
  const all = lacks.has('status=all') ? undefined : 'all'
  if (status !== 'all') {
    const other = status === 'successful' ? 'unsuccessful' : 'successful'
    const text = all === undefined ? texts.otherAlone[status] : texts.otherStatus[status]
    ways.unshift({ key: 'status', text, without: applyChange(page, { status: all ?? other }) })
  }
  if (ways.length > 1) {
    const { tz, limit, sort } = page
    const nothing = { ...pageQuery.defaults, status: all ?? status, tz, limit, sort }
    ways.push({ key: 'everything', text: texts.withoutAny, without: nothing })
  }
  return ways
}
