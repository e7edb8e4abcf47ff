/** One builder an endpoint; the only file with query keys. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { engagementCountV1 } from '../../contract/model/engagement-count.ts'
import { peopleV1 } from '../../contract/model/people.ts'
import { type SignInRequest, sessionInfo } from '../../contract/model/session.ts'
import {
  countQuery,
  type EngagementFilter,
  type EngagementQuery,
  engagementQuery,
  type SampleQuery,
  sampleQuery,
} from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { peopleQuery } from '../../contract/query/people-query.ts'
import { type Reading, readEngagement, readEngagementList } from '../../contract/representation/json.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import { answerMoment } from './answer-moment.ts'
import type { HistogramAsked } from './ask-histogram.ts'
import { fetchJson } from './fetch-json.ts'
import { pollDelayMs } from './poll-delay.ts'
import { weatherInterval } from './weather.ts'

const sessionRefreshMs = 5 * 60_000

/** Who is signed in. Asked again every five minutes in a visible tab, which keeps a session in use from ending. */
export const sessionOptions = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => fetchJson(routes.session.path, (body) => sessionInfo.parse(body), { signal }),
  refetchInterval: (query) => weatherInterval(query) || sessionRefreshMs,
  staleTime: Number.POSITIVE_INFINITY,
})

/** A page that was read: the rows, and those that could not be read by their place. */
export type EngagementList = Extract<
  ReturnType<typeof readEngagementList>,
  { readonly ok: true }
>['value'] & {
  /** The exact moment it is of, where a moment was asked for. */
  readonly asOf: EngagementQuery['asOf']
}

/** A page of rows, or a sample: the one that has a seed. */
export function engagementListOptions(tenant: string, query: EngagementQuery | SampleQuery) {
  return queryOptions({
    queryKey: ['engagements', tenant, query],
    queryFn: ({ signal }) =>
      fetchJson(
        'seed' in query
          ? pathOf(routes.sample, { tenant }, sampleQuery.write(query))
          : pathOf(routes.engagements, { tenant }, engagementQuery.write(query)),
        (body, headers): EngagementList => ({
          ...orThrow(readEngagementList)(body),
          asOf: answerMoment(headers.get('link')),
        }),
        { signal },
      ),
    // The rows of the last query stay, dimmed, until those of this one are there.
    placeholderData: keepPreviousData,
    // What is newer is told beside these rows, and shown when it is asked for: they never move by themselves.
    ...(query.asOf === 'now' && query.sort === 'newest' && { staleTime: Number.POSITIVE_INFINITY }),
  })
}

const countOf = (tenant: string, filter: EngagementFilter, signal: AbortSignal) =>
  fetchJson(
    pathOf(routes.count, { tenant }, countQuery.write(filter)),
    (body) => engagementCountV1.parse(body).count,
    { signal },
  )

export function engagementCountOptions(tenant: string, filter: EngagementFilter) {
  return queryOptions({
    queryKey: ['count', tenant, filter],
    queryFn: ({ signal }) => countOf(tenant, filter, signal),
  })
}

/**
 * How many match by now, and how many of them came after a moment. Asked again and again while somebody looks, less and less
 * often, and not in a hidden tab; what has not changed costs a 304, as the browser sends the ETag back by itself.
 */
export function newerOptions(tenant: string, filter: EngagementFilter, moment: EpochMs) {
  return queryOptions({
    queryKey: ['newer', tenant, filter, moment],
    queryFn: async ({ signal }) => {
      const [present, then] = await Promise.all([
        countOf(tenant, { ...filter, asOf: undefined }, signal),
        countOf(tenant, { ...filter, asOf: moment }, signal),
      ])
      return { present, newer: Math.max(0, present - then) }
    },
    staleTime: 0,
    refetchInterval: ({ state }) => pollDelayMs(state.dataUpdateCount + state.errorUpdateCount),
    // A tab that comes to the front asks at once.
    refetchOnWindowFocus: true,
  })
}

export function engagementOptions(tenant: string, id: string) {
  return queryOptions({
    queryKey: ['engagement', tenant, id],
    queryFn: ({ signal }) =>
      fetchJson(pathOf(routes.engagement, { tenant, id }), orThrow(readEngagement), { signal }),
  })
}

/** When the engagements of a query started; null where the server has no histograms to give. */
export function histogramOptions(tenant: string, asked: HistogramAsked) {
  return queryOptions({
    queryKey: ['histogram', tenant, asked],
    queryFn: async ({ signal }) => (await import('./ask-histogram.ts')).askHistogram(tenant, asked, signal),
    placeholderData: keepPreviousData,
  })
}

export function peopleOptions(tenant: string, startsWith: string) {
  return queryOptions({
    queryKey: ['people', tenant, startsWith],
    queryFn: ({ signal }) => {
      const query = peopleQuery.write({
        ...peopleQuery.defaults,
        startsWith: startsWith === '' ? undefined : startsWith,
      })
      return fetchJson(pathOf(routes.users, { tenant }, query), (body) => peopleV1.parse(body), { signal })
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

/** The views saved for the whole tenant. What reads them is loaded with the menu that shows them. */
export function viewListOptions(tenant: string) {
  return queryOptions({
    queryKey: ['views', tenant],
    queryFn: async ({ signal }) => (await import('./views.ts')).fetchViews(tenant, signal),
    // Others save views too.
    staleTime: 0,
  })
}

export const signInMutation = {
  mutationFn: (request: SignInRequest) =>
    fetchJson(routes.session.path, (body) => sessionInfo.parse(body), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    }),
}

/** @throws ApiError: the session goes on */
export function signOut(): Promise<void> {
  return fetchJson(routes.session.path, () => undefined, { method: 'DELETE' })
}

function orThrow<T>(read: (body: unknown) => Reading<T>): (body: unknown) => T {
  return (body) => {
    const result = read(body)
    if (result.ok) return result.value
    throw new Error(result.errors.map(({ field, message }) => `${field}: ${message}`).join('; '))
  }
}
