/** What each route does with each method: who may call it and what it answers. Every route has to be here to compile. */
import type { allRoutes } from '../all-routes.ts'
import type { SchemaName } from './schemas.ts'

/** `tenant`: an access token or session of the tenant in the path. `basic`: name and secret. */
export type Caller = 'anyone' | 'basic' | 'tenant'

export interface Answer {
  readonly status: number
  readonly doc: string
  /** Absent: no body. */
  readonly body?: SchemaName | OtherBody
  readonly headers?: readonly (keyof typeof headers)[]
}

/** Bodies that no schema describes: a recording, an export, and this description in its three forms. */
export type OtherBody = 'bytes' | 'export' | 'description' | 'page' | 'stylesheet' | 'xmlSchema'

export interface Operation {
  readonly method: 'get' | 'head' | 'post' | 'put' | 'delete'
  /** Unique; what generated clients call it. */
  readonly id: string
  readonly doc: string
  readonly caller: Caller
  readonly takes?: SchemaName
  /** Request headers that change the answer. */
  readonly given?: readonly (keyof typeof requestHeaders)[]
  readonly answers: readonly Answer[]
}

/** Response headers worth a word. */
export const headers = {
  ETag: 'Names what was sent: strong for recordings and views, weak for other data.',
  Link: 'Where `asOf` was given, and of an export always (RFC 8288): `canonical` is the same query with the exact moment, `next` its next page.',
  'Accept-Ranges': '`bytes`',
  'Content-Range': 'Which bytes of how many.',
  'Content-Disposition': 'What the file is called: tenant, ranges and moment.',
  'Hindsight-Rows': 'How many engagements match, told before they are sent.',
  'Retry-After': 'Seconds to wait.',
  'WWW-Authenticate': 'How to sign in (RFC 6750, RFC 7617).',
} as const

export const requestHeaders = {
  Range: 'A range of bytes (RFC 9110, section 14).',
  'If-Match': 'Refused with 412 unless one of these ETags is still right.',
  'If-Range': 'The range counts only while this ETag is still the recording’s.',
  'If-None-Match': '304 while one of these ETags is still right. `*` lets PUT make what is not there yet.',
} as const

const refusals = {
  badQuery: { status: 400, doc: 'A parameter was wrong; `errors` names each.', body: 'Problem' },
  notSignedIn: {
    status: 401,
    doc: 'No access token, or one that is not good (any more).',
    body: 'Problem',
    headers: ['WWW-Authenticate'],
  },
  otherTenant: {
    status: 403,
    doc: 'The token is of another tenant; whether this one exists is not told.',
    body: 'Problem',
    headers: ['WWW-Authenticate'],
  },
  notFound: { status: 404, doc: 'There is nothing of that id.', body: 'Problem' },
  notAcceptable: { status: 406, doc: 'None of the media types asked for is served.', body: 'Problem' },
  foreignOrigin: { status: 403, doc: 'The request came from another site.', body: 'Problem' },
  unavailable: {
    status: 503,
    doc: 'The database, or the host that has the engagements, cannot be asked for now.',
    body: 'Problem',
    headers: ['Retry-After'],
  },
} as const satisfies Readonly<Record<string, Answer>>

const { badQuery, notSignedIn, otherTenant, notFound, notAcceptable, foreignOrigin, unavailable } = refusals
const allowed = [badQuery, notSignedIn, otherTenant] as const
const ofTenant = [...allowed, unavailable] as const
const data = [...ofTenant, notAcceptable] as const
/** Data that is polled. */
const unchanged = {
  status: 304,
  doc: 'The caller has this already.',
  headers: ['ETag'],
} as const satisfies Answer

/** Of a change to what others change as well. */
const changedMeanwhile = [
  { status: 412, doc: 'It is another one by now, or gone, or there already.', body: 'Problem' },
  { status: 428, doc: 'Neither `If-Match` nor `If-None-Match: *` was given.', body: 'Problem' },
] as const satisfies readonly Answer[]

const outOfFiles = {
  status: 503,
  doc: 'No more files can be opened at the moment, or the database, or the host or store that has the recording, cannot be asked.',
  headers: ['Retry-After'],
} as const satisfies Answer
const storeFailed = {
  status: 502,
  doc: 'The host or store that has the recording failed.',
} as const satisfies Answer

/** Where the engagements come from an upstream. */
const notGiven = {
  status: 501,
  doc: 'The host that has the engagements cannot give this; `/session` tells what else it lacks.',
  body: 'Problem',
} as const satisfies Answer
const upstream = [
  { status: 502, doc: 'The host that has the engagements failed.', body: 'Problem' },
  { status: 504, doc: 'The host that has the engagements did not answer in time.', body: 'Problem' },
] as const satisfies readonly Answer[]

function described(id: string, doc: string, body: OtherBody): Operation {
  return { method: 'get', id, doc, caller: 'anyone', answers: [{ status: 200, doc: 'It.', body }] }
}

export const operations: { readonly [Name in keyof typeof allRoutes]: readonly Operation[] } = {
  engagements: [
    {
      method: 'get',
      id: 'listEngagements',
      doc: 'Lists past engagements: filtered, sorted, a page at a time.',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'A page.', body: 'EngagementListV1', headers: ['ETag', 'Link'] },
        unchanged,
        ...data,
        notGiven,
        ...upstream,
      ],
    },
  ],
  count: [
    {
      method: 'get',
      id: 'countEngagements',
      doc: 'How many engagements a filter lets through.',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'The count.', body: 'EngagementCountV1', headers: ['ETag', 'Link'] },
        unchanged,
        ...data,
        notGiven,
        ...upstream,
      ],
    },
  ],
  histogram: [
    {
      method: 'get',
      id: 'histogramEngagements',
      doc: 'How many engagements that a filter lets through started when, by outcome (ours).',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        {
          status: 200,
          doc: 'Every bucket from the first to the last.',
          body: 'EngagementHistogramV1',
          headers: ['ETag', 'Link'],
        },
        unchanged,
        ...data,
        { status: 404, doc: 'Where the engagements come from, none can be given.', body: 'Problem' },
        notGiven,
      ],
    },
  ],
  sample: [
    {
      method: 'get',
      id: 'sampleEngagements',
      doc: 'Draws engagements at random: each that the filter lets through is as likely as any other, none comes twice, and the same seed draws the same. With `asOf` it does so for good.',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        {
          status: 200,
          doc: 'What was drawn, with `hasMore` false.',
          body: 'EngagementListV1',
          headers: ['ETag', 'Link'],
        },
        unchanged,
        ...data,
        notGiven,
      ],
    },
  ],
  export: [
    {
      method: 'get',
      id: 'exportEngagements',
      doc: 'All engagements that a filter lets through, as one file, streamed (ours). `format` chooses among the media types; a file that breaks off ends without the last chunk of HTTP, or with a frame that says why.',
      caller: 'tenant',
      answers: [
        {
          status: 200,
          doc: 'The file.',
          body: 'export',
          headers: ['Content-Disposition', 'Hindsight-Rows', 'Link'],
        },
        ...ofTenant,
        notGiven,
      ],
    },
  ],
  audit: [
    {
      method: 'get',
      id: 'listAudit',
      doc: 'Who did what with the tenant’s history, newest first. Needs the role admin.',
      caller: 'tenant',
      answers: [{ status: 200, doc: 'A page.', body: 'AuditListV1' }, ...data, notGiven],
    },
  ],
  engagement: [
    {
      method: 'get',
      id: 'getEngagement',
      doc: 'One engagement (ours).',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'The engagement.', body: 'EngagementV1', headers: ['ETag'] },
        unchanged,
        ...data,
        notFound,
        notGiven,
        ...upstream,
      ],
    },
    {
      method: 'delete',
      id: 'deleteEngagement',
      doc: 'Removes an engagement and its recordings for privacy’s sake. Needs the role admin.',
      caller: 'tenant',
      given: ['If-Match', 'If-None-Match'],
      answers: [
        { status: 204, doc: 'It is gone.' },
        ...ofTenant,
        notFound,
        {
          status: 412,
          doc: 'A condition is not met: of ETags only `*` names an engagement.',
          body: 'Problem',
        },
        notGiven,
      ],
    },
  ],
  users: [
    {
      method: 'get',
      id: 'listUsers',
      doc: 'Emails seen in a tenant’s engagements, for suggestions (ours).',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'In alphabetical order.', body: 'PeopleV1', headers: ['ETag'] },
        unchanged,
        ...data,
        notGiven,
        ...upstream,
      ],
    },
  ],
  views: [
    {
      method: 'get',
      id: 'listViews',
      doc: 'The views that people of the tenant have saved for all of them, by name (ours).',
      caller: 'tenant',
      answers: [{ status: 200, doc: 'All of them.', body: 'ViewListV1' }, ...data, notGiven],
    },
  ],
  view: [
    {
      method: 'get',
      id: 'getView',
      doc: 'One saved view (ours).',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'The view.', body: 'ViewV1', headers: ['ETag'] },
        unchanged,
        ...data,
        notFound,
        notGiven,
      ],
    },
    {
      method: 'put',
      id: 'putView',
      doc: 'Saves a view under an id of the caller’s choice: a new one with `If-None-Match: *`, a change with `If-Match`.',
      caller: 'tenant',
      takes: 'ViewContent',
      given: ['If-Match', 'If-None-Match'],
      answers: [
        { status: 200, doc: 'It is changed.', body: 'ViewV1', headers: ['ETag'] },
        { status: 201, doc: 'It is new.', body: 'ViewV1', headers: ['ETag'] },
        ...data,
        { status: 409, doc: 'The name is taken, or there are too many views.', body: 'Problem' },
        ...changedMeanwhile,
        { status: 413, doc: 'The body is larger than 32 KiB.', body: 'Problem' },
        { status: 415, doc: 'The body is not JSON.', body: 'Problem' },
        notGiven,
      ],
    },
    {
      method: 'delete',
      id: 'deleteView',
      doc: 'Removes a saved view; `If-Match` says which one.',
      caller: 'tenant',
      given: ['If-Match'],
      answers: [{ status: 204, doc: 'It is gone.' }, ...ofTenant, notFound, ...changedMeanwhile, notGiven],
    },
  ],
  auth: [
    {
      method: 'get',
      id: 'issueToken',
      doc: 'An access token for a user, or for a program.',
      caller: 'basic',
      answers: [
        { status: 200, doc: 'The token.', body: 'AccessToken' },
        badQuery,
        notAcceptable,
        {
          status: 401,
          doc: 'Tenant, name, password or client credentials are wrong.',
          body: 'Problem',
          headers: ['WWW-Authenticate'],
        },
        {
          status: 429,
          doc: 'Too many failed attempts of this account or from this address.',
          body: 'Problem',
          headers: ['Retry-After'],
        },
        unavailable,
        ...upstream,
      ],
    },
  ],
  recording: [
    {
      method: 'get',
      id: 'getRecording',
      doc: 'The bytes of a recording that Hindsight holds, whole or a range.',
      caller: 'tenant',
      given: ['Range', 'If-Range', 'If-Match', 'If-None-Match'],
      answers: [
        { status: 200, doc: 'The whole recording.', body: 'bytes', headers: ['ETag', 'Accept-Ranges'] },
        { status: 206, doc: 'The range asked for.', body: 'bytes', headers: ['ETag', 'Content-Range'] },
        { status: 304, doc: 'The caller has these bytes.', headers: ['ETag'] },
        ...allowed,
        notFound,
        { status: 412, doc: 'The recording is another one by now.', body: 'Problem' },
        { status: 416, doc: 'The range lies outside.', body: 'Problem', headers: ['Content-Range'] },
        { ...storeFailed, body: 'Problem' },
        ...upstream.filter(({ status }) => status === 504),
        { ...outOfFiles, body: 'Problem' },
      ],
    },
    {
      method: 'head',
      id: 'describeRecording',
      doc: 'What GET would answer, without the bytes.',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'Length, type and ETag.', headers: ['ETag', 'Accept-Ranges'] },
        { status: 304, doc: 'The caller has these bytes.', headers: ['ETag'] },
        ...allowed.map(({ status, doc }) => ({ status, doc })),
        { status: 404, doc: notFound.doc },
        storeFailed,
        ...upstream.flatMap(({ status, doc }) => (status === 504 ? [{ status, doc }] : [])),
        outOfFiles,
      ],
    },
  ],
  peaks: [
    {
      method: 'get',
      id: 'getPeaks',
      doc: 'How loud a recording is along its time, for drawing it (ours). Measured when it is first asked for, and kept.',
      caller: 'tenant',
      given: ['If-None-Match'],
      answers: [
        { status: 200, doc: 'From its beginning to its end.', body: 'PeaksV1', headers: ['ETag'] },
        { status: 202, doc: 'It is being measured: ask again.', headers: ['Retry-After'] },
        unchanged,
        ...data,
        notFound,
        { status: 422, doc: 'Its sound is none that is decoded here; `detail` says why.', body: 'Problem' },
        notGiven,
        { ...storeFailed, body: 'Problem' },
        { ...outOfFiles, body: 'Problem' },
      ],
    },
  ],
  session: [
    {
      method: 'get',
      id: 'readSession',
      doc: 'Who is signed in on the page; renews a session in use.',
      caller: 'anyone',
      answers: [{ status: 200, doc: 'Who, or nobody.', body: 'Session' }],
    },
    {
      method: 'post',
      id: 'signIn',
      doc: 'Email, password and tenant against a session cookie, which holds the token out of the page’s reach.',
      caller: 'anyone',
      takes: 'SignIn',
      answers: [
        { status: 200, doc: 'Signed in.', body: 'Session' },
        { status: 400, doc: 'The body was wrong; `errors` names each field.', body: 'Problem' },
        {
          status: 401,
          doc: 'Tenant, email or password is wrong.',
          body: 'Problem',
          headers: ['WWW-Authenticate'],
        },
        foreignOrigin,
        {
          status: 429,
          doc: 'Too many failed attempts of this account or from this address.',
          body: 'Problem',
          headers: ['Retry-After'],
        },
        { status: 413, doc: 'The body is larger than 16 KiB.', body: 'Problem' },
        { status: 415, doc: 'The body is not JSON.', body: 'Problem' },
        unavailable,
        ...upstream,
      ],
    },
    {
      method: 'delete',
      id: 'signOut',
      doc: 'The session cookie goes.',
      caller: 'anyone',
      answers: [{ status: 204, doc: 'Signed out.' }, foreignOrigin],
    },
  ],
  schema: [described('describeXml', 'The XML Schema of engagements as XML.', 'xmlSchema')],
  openapi: [described('describeApi', 'This description.', 'description')],
  docs: [described('readDocs', 'This description, to be read.', 'page')],
  docsStyle: [described('styleDocs', 'How the page to be read looks.', 'stylesheet')],
  livez: [
    {
      method: 'get',
      id: 'live',
      doc: 'The process answers.',
      caller: 'anyone',
      answers: [{ status: 200, doc: 'It does.', body: 'Live' }],
    },
  ],
  readyz: [
    {
      method: 'get',
      id: 'ready',
      doc: 'The process and its database answer.',
      caller: 'anyone',
      answers: [
        { status: 200, doc: 'They do.', body: 'Ready' },
        { status: 503, doc: 'The database does not.', body: 'Problem' },
      ],
    },
  ],
}
