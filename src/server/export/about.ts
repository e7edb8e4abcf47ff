/** What an export says of itself: where it comes from, what it holds and how it was made. */
import { countQuery, type EngagementFilter } from '../../contract/query/engagement-query.ts'
import { type ExportQuery, isTable } from '../../contract/query/export-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { pageQuery } from '../../contract/query/page-query.ts'
import { zonedTime } from '../../contract/query/zoned-time.ts'
import { pathOf } from '../../contract/routes.ts'
import { formulaRule } from './formula-text.ts'

/** Moments as text, in the zone of the file. */
export interface About {
  readonly tenant: string
  /** Shows the same engagements on the page. */
  readonly link: string
  /** As the API has them. */
  readonly filters: Readonly<Record<string, string | readonly string[]>>
  readonly sort: ExportQuery['sort']
  readonly asOf: string
  /** How many matched when it was begun. */
  readonly rows: number
}

const page = { path: '/:tenant/engagements' } as const

/** @param origin that people reach the page at @param query of an exact moment */
export function aboutExport(
  { tenant, origin, rows }: { readonly tenant: string; readonly origin: string; readonly rows: number },
  query: ExportQuery & { readonly asOf: EpochMs },
): About {
  const { format, columns: _columns, about: _about, framed: _framed, ...shown } = query
  const time = isTable(format) ? zonedTime(query.tz ?? 'UTC') : formatInstant
  const search = pageQuery.write({ ...pageQuery.defaults, ...shown })
  return {
    tenant,
    link: origin + pathOf(page, { tenant }, search),
    filters: filtersOf(query, time),
    sort: query.sort,
    asOf: time(query.asOf),
    rows,
  }
}

function filtersOf(filter: EngagementFilter, time: (at: EpochMs) => string): About['filters'] {
  const { status, user } = filter
  const bounds = ['startAfter', 'startBefore', 'endAfter', 'endBefore'] as const
  const given = bounds.flatMap((name) => {
    const at = filter[name]
    return at === undefined ? [] : [[name, time(at)] as const]
  })
  return { status, ...(user.length > 0 && { user }), ...Object.fromEntries(given) }
}

/** The same as a table begins with it: names and values. @param more what else is to be known of this format */
export function aboutLines(about: About, zone: string, more: readonly (readonly [string, string])[] = []) {
  const filters = Object.entries(about.filters).map(([name, value]) => `${name}=${[value].flat().join(',')}`)
  const lines: readonly (readonly [string, string | number])[] = [
    ['Tenant', about.tenant],
    ['Link', about.link],
    ['Filters', filters.join('; ')],
    ['Sort', about.sort],
    ['As of', about.asOf],
    ['Rows', about.rows],
    ['Times', `Each with its offset from UTC, in the zone ${zone}.`],
    ['Formulas', formulaRule],
    ...more,
  ]
  return lines.map(([name, value]) => [`# ${name}`, value] as const)
}

/** The filter alone, for counting. */
export function filterOf(query: ExportQuery): EngagementFilter {
  const names = new Set(Object.keys(countQuery.params))
  return Object.fromEntries(Object.entries(query).filter(([name]) => names.has(name))) as EngagementFilter
}
