/** Answers of one moment: the exact one that `asOf` stands for, and links that keep to it (RFC 8288). */
import {
  countQuery,
  type EngagementFilter,
  type EngagementQuery,
  engagementQuery,
  type SampleQuery,
  sampleQuery,
} from '../../contract/query/engagement-query.ts'
import { type HistogramQuery, histogramQuery } from '../../contract/query/histogram-query.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import type { EngagementSource } from '../source/engagement-source.ts'
import { whenThere } from '../source/when-there.ts'

/** The query with the exact moment in the place of `asOf`; one without it as it is. */
export function atExactMoment<Q extends EngagementFilter>(
  source: EngagementSource,
  tenant: string,
  query: Q,
): Q | Promise<Q> {
  if (query.asOf === undefined) return query
  return whenThere(source.arrivedBy(tenant, query.asOf), (asOf) => ({ ...query, asOf }))
}

/** The value of `Link` for a page. @param query of an exact moment */
export function pageLinks(tenant: string, query: EngagementQuery, hasMore: boolean): string {
  const link = (rel: string, to: EngagementQuery) =>
    `<${pathOf(routes.engagements, { tenant }, engagementQuery.write(to))}>; rel="${rel}"`
  const canonical = link('canonical', query)
  return hasMore
    ? `${canonical}, ${link('next', { ...query, offset: query.offset + query.limit })}`
    : canonical
}

/** The value of `Link` for a count. @param filter of an exact moment */
export function countLinks(tenant: string, filter: EngagementFilter): string {
  return `<${pathOf(routes.count, { tenant }, countQuery.write(filter))}>; rel="canonical"`
}

/** The value of `Link` for a sample. @param query of an exact moment */
export function sampleLinks(tenant: string, query: SampleQuery): string {
  return `<${pathOf(routes.sample, { tenant }, sampleQuery.write(query))}>; rel="canonical"`
}

/** The value of `Link` for a histogram. @param query of an exact moment */
export function histogramLinks(tenant: string, query: HistogramQuery): string {
  return `<${pathOf(routes.histogram, { tenant }, histogramQuery.write(query))}>; rel="canonical"`
}
