/** The endpoint list as data: server and client take their paths from here. */
import { auditQuery } from './query/audit-query.ts'
import { authQuery } from './query/auth-query.ts'
import { countQuery, engagementQuery, sampleQuery } from './query/engagement-query.ts'
import { histogramQuery } from './query/histogram-query.ts'
import { noQuery } from './query/no-query.ts'
import { peopleQuery } from './query/people-query.ts'

export const routes = {
  engagements: {
    path: '/v1/engagements/:tenant',
    query: engagementQuery,
    doc: 'Lists a tenant’s engagements.',
  },
  /** The word stands where a tenant does in the route below, and wins over it: it is no tenant's key. */
  count: {
    path: '/v1/engagements/count/:tenant',
    query: countQuery,
    doc: 'How many engagements a tenant has (ours).',
  },
  /** Likewise. */
  sample: {
    path: '/v1/engagements/sample/:tenant',
    query: sampleQuery,
    doc: 'A random sample of a tenant’s engagements (ours).',
  },
  /** Here as well. */
  histogram: {
    path: '/v1/engagements/histogram/:tenant',
    query: histogramQuery,
    doc: 'How many engagements of a tenant started when (ours).',
  },
  engagement: {
    path: '/v1/engagements/:tenant/:id',
    query: noQuery,
    doc: 'One engagement (ours); DELETE removes it.',
  },
  audit: { path: '/v1/audit/:tenant', query: auditQuery, doc: 'Who did what with a tenant’s history.' },
  users: {
    path: '/v1/users/:tenant',
    query: peopleQuery,
    doc: 'Emails seen in a tenant’s engagements (ours).',
  },
  views: { path: '/v1/views/:tenant', query: noQuery, doc: 'The views that a tenant has saved (ours).' },
  view: {
    path: '/v1/views/:tenant/:viewId',
    query: noQuery,
    doc: 'One saved view (ours); PUT saves it, DELETE removes it.',
  },
  /** Its query carries credentials: no log may ever hold it. */
  auth: { path: '/v1/auth/:tenant', query: authQuery, doc: 'An access token for a user, or for a program.' },
  recording: {
    path: '/v1/recordings/:tenant/:recordingId',
    query: noQuery,
    doc: 'The bytes of a recording that Hindsight holds.',
  },
  peaks: {
    path: '/v1/recordings/:tenant/:recordingId/peaks',
    query: noQuery,
    doc: 'How loud a recording is along its time, for drawing it.',
  },
  schema: { path: '/v1/engagementListV1.xsd', doc: 'The XML Schema of the XML answers.' },
  /** The page's own: GET tells who is signed in, POST signs in, DELETE signs out. */
  session: { path: '/session', doc: 'The page’s session cookie.' },
  openapi: { path: '/v1/openapi.json', doc: 'The description of this API, OpenAPI 3.1.' },
  docs: { path: '/docs', doc: 'The same, to be read.' },
  docsStyle: { path: '/docs/style.css', doc: 'How it looks.' },
  livez: { path: '/livez', doc: 'The process answers.' },
  readyz: { path: '/readyz', doc: 'The process and its database answer.' },
} as const

type Values<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & Values<Rest>
  : Path extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown

/** Fills a route's path with encoded values, and appends a query where there is one. */
export function pathOf<Path extends string>(
  route: { readonly path: Path },
  values: Values<Path>,
  query: Iterable<readonly [string, string]> = [],
): string {
  const given = values as Readonly<Record<string, string>>
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ''))
  const search = [...query]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeQueryValue(value)}`)
    .join('&')
  return search === '' ? path : `${path}?${search}`
}

/**
 * Percent-encoded, but for the characters that may stand in a query as they are and keep a link readable. The apostrophe
 * is one that browsers encode by themselves: an address must stay as it was written.
 */
export function encodeQueryValue(value: string): string {
  return encodeURIComponent(value)
    .replaceAll("'", '%27')
    .replaceAll('%40', '@')
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
}
