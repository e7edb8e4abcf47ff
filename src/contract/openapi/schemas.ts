/**
 * What goes over the wire, as JSON Schema 2020-12. Reading is liberal and has schemas of its own in `model`; these say what
 * is written. A test holds the names and their order to the models.
 */

import { bucketLengths } from '../model/engagement-histogram.ts'
import { sourceParts } from '../model/session.ts'
import { longestViewName, viewFormat } from '../model/view.ts'
import { problemTitles } from '../problem.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
})
const moment = (description: string) =>
  text(`${description} ISO 8601 in UTC.`, { format: 'date-time', examples: ['2018-01-15T10:25:11Z'] })
const amount = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description })
const list = (of: string, description: string): JsonSchema => ({
  type: 'array',
  items: { $ref: `#/components/schemas/${of}` },
  description,
})
const object = (properties: JsonSchema, required: readonly string[], more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  required,
  ...more,
})

const contents = text('`AUDIO`, `AUDIOVIDEO`, `VIDEO`, or a word that is not known yet.', {
  examples: ['AUDIO'],
})

const viewContent = {
  name: text('Unique in the tenant, whatever the letter case.', {
    minLength: 1,
    maxLength: longestViewName,
  }),
  format: { type: 'integer', minimum: 1, description: `Of the parameters; ${viewFormat} at present.` },
  parameters: {
    ...list('StatedParameterV1', 'Every parameter, those at their default as well.'),
    maxItems: 100,
  },
}
const viewContentFields = ['name', 'format', 'parameters']

export const schemas = {
  EngagementListV1: object(
    {
      hasMore: { type: 'boolean', description: 'More rows after this page. There is no total.' },
      engagements: list('EngagementV1', 'In the order asked for.'),
      unread: {
        ...list('UnreadRowV1', 'Rows that came from an upstream and could not be read (ours); absent: none.'),
        minItems: 1,
      },
    },
    ['hasMore', 'engagements'],
    { additionalProperties: false },
  ),
  UnreadRowV1: object(
    {
      row: { type: 'integer', minimum: 0, description: 'Its place in the page as it came.' },
      errors: list('FieldErrorV1', 'Every field that could not be read.'),
    },
    ['row', 'errors'],
    { additionalProperties: false },
  ),
  FieldErrorV1: object(
    {
      field: text('Such as `recordings[0].created`.'),
      value: text('What stood there, as JSON, shortened.'),
      message: text('What was expected.'),
    },
    ['field', 'value', 'message'],
    { additionalProperties: false },
  ),
  EngagementV1: object(
    {
      startDate: moment('When it started.'),
      endDate: moment('When it ended; absent while it is open.'),
      id: text('Unique in the tenant.', { minLength: 1 }),
      duration: amount('Seconds.'),
      contents,
      context: text('The context attributes; where they parse as a JSON object, its keys and values.'),
      users: list('EngagementUserV1', 'Who took part.'),
      recordings: list('RecordingV1', 'One participant each; several may overlap in time.'),
      releaseState: text('Answered (`connected`) or not answered (`attempted`).'),
      status: text('`successful` or `unsuccessful`.'),
      pendingTime: amount('Seconds in the queue before being answered.'),
      assignedTeam: text('The team it was routed to.'),
      associateInitiated: {
        type: 'boolean',
        description: 'Started by the associate (true) or the customer (false).',
      },
      reason: text('Why it failed or was unsuccessful.'),
    },
    ['associateInitiated'],
    { description: 'Fields that were imported and are not known here follow those that are.' },
  ),
  EngagementUserV1: object(
    {
      uri: text('The user’s email address.'),
      association: text('`CREATOR` (the customer) or `MEMBER` (the associate).'),
    },
    [],
  ),
  RecordingV1: object(
    {
      uri: text('Where it can be downloaded: an address, or a path on this host.'),
      user: text('Email address of the user in it.'),
      created: moment('When it began.'),
      duration: amount('Seconds.'),
      size: amount('Bytes.'),
      contents,
    },
    [],
  ),
  EngagementCountV1: object(
    { count: { type: 'integer', minimum: 0, description: 'Engagements that match.' } },
    ['count'],
    { additionalProperties: false },
  ),
  EngagementHistogramV1: object(
    {
      bucket: {
        enum: bucketLengths,
        description:
          'How long a bucket is (ISO 8601). Those below a day are counted from the first moment of each day of the zone, so that a day of a clock change ends with a shorter one; the others begin with a day, a week (Monday), a month or a year of the zone.',
      },
      unknownStart: {
        type: 'integer',
        minimum: 0,
        description: 'Engagements that match and have no start: they are in no bucket.',
      },
      buckets: list(
        'StartBucketV1',
        'In order, without gaps, empty ones too, over the range that was asked for; where it is open, up to the first and the last start.',
      ),
    },
    ['bucket', 'unknownStart', 'buckets'],
    { additionalProperties: false },
  ),
  StartBucketV1: object(
    {
      start: moment('Its first moment, to be asked for as `startAfter`.'),
      end: moment('Its last moment, to be asked for as `startBefore`.'),
      successful: { type: 'integer', minimum: 0, description: 'Engagements of that status.' },
      unsuccessful: { type: 'integer', minimum: 0, description: 'Engagements of that status.' },
      other: { type: 'integer', minimum: 0, description: 'Those of any other status, or none.' },
    },
    ['start', 'end', 'successful', 'unsuccessful', 'other'],
    { additionalProperties: false },
  ),
  AuditListV1: object(
    {
      hasMore: { type: 'boolean', description: 'More events after this page.' },
      events: list('AuditEventV1', 'Newest first.'),
    },
    ['hasMore', 'events'],
    { additionalProperties: false },
  ),
  AuditEventV1: object(
    {
      date: moment('When.'),
      user: text('The user’s email, or a program’s client id; absent where nobody known was named.'),
      action: text('Such as `sign-in`, `list`, `play` or `delete`.'),
      target: text('The id of the engagement or recording, or the query as it was asked.'),
      address: text('The network address it came from.'),
      times: { type: 'integer', minimum: 2, description: 'How often within that second; absent: once.' },
    },
    ['date', 'action', 'address'],
    { additionalProperties: false },
  ),
  PeopleV1: object(
    { users: { type: 'array', items: object({ uri: text('An email address, in lower case.') }, ['uri']) } },
    ['users'],
    { additionalProperties: false },
  ),
  PeaksV1: object(
    {
      bucketsPerSecond: { type: 'number', exclusiveMinimum: 0, description: 'Stretches a second.' },
      levels: text(
        'One byte for each stretch from the beginning on: the loudest sample of all channels, linear in decibels from -60 dBFS or less (0) to 0 dBFS (255).',
        { contentEncoding: 'base64' },
      ),
    },
    ['bucketsPerSecond', 'levels'],
    { additionalProperties: false },
  ),
  ViewListV1: object({ views: list('ViewV1', 'By name.') }, ['views'], { additionalProperties: false }),
  ViewV1: object(
    {
      id: text('Unique in the tenant.', { minLength: 1, maxLength: 64 }),
      ...viewContent,
      createdBy: text('The user’s email, or a program’s client id.'),
      created: moment('When it was first saved.'),
      changedBy: text('Who changed it last.'),
      changed: moment('When.'),
      revision: text('Another one after every change; in double quotes it is the `ETag` of the JSON.'),
    },
    ['id', ...viewContentFields, 'createdBy', 'created', 'changedBy', 'changed', 'revision'],
    { additionalProperties: false },
  ),
  ViewContent: object(viewContent, viewContentFields, { additionalProperties: false }),
  StatedParameterV1: object(
    {
      name: text('Of a parameter of the page, such as `status`.', { minLength: 1, maxLength: 64 }),
      values: {
        type: 'array',
        maxItems: 100,
        items: { type: 'string', maxLength: 1024 },
        description: 'Every text given under it; empty: none.',
      },
    },
    ['name', 'values'],
    { additionalProperties: false },
  ),
  AccessToken: object(
    {
      access_token: text('A JWT, to be sent as `Authorization: Bearer`.'),
      expires_in: text('Seconds that it is good for, as text.', { pattern: '^[0-9]+$', examples: ['1200'] }),
      id_token: text('Who signed in, for the client to read; opens nothing here.'),
      state: text('As it was given.'),
      token_type: { const: 'Bearer' },
    },
    ['access_token', 'expires_in', 'token_type'],
  ),
  Session: object(
    {
      user: object(
        {
          tenant: text('The tenant’s key.'),
          email: text('In lower case.'),
          role: { enum: ['supervisor', 'admin'] },
        },
        ['tenant', 'email', 'role'],
        { description: 'Absent when nobody is signed in.' },
      ),
      ends: moment('When the password is needed again; absent: not while the page is in use.'),
      lacks: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: sourceParts },
        description:
          'What cannot be had of this tenant’s engagements, because they come from an upstream: resources, parameters, values. Whoever asks all the same is told so with 501. Absent: nothing.',
      },
    },
    [],
    { additionalProperties: false },
  ),
  SignIn: object(
    {
      tenant: text('The tenant’s key.', { minLength: 1, maxLength: 256 }),
      email: text('Letter case is ignored.', { minLength: 1, maxLength: 320 }),
      password: text('Never logged.', { minLength: 1, maxLength: 1024 }),
    },
    ['tenant', 'email', 'password'],
    { additionalProperties: false },
  ),
  Live: object({ live: { const: true } }, ['live']),
  Ready: object({ ready: { const: true } }, ['ready']),
  Problem: object(
    {
      type: { enum: Object.keys(problemTitles).map((kind) => `urn:problem:hindsight:${kind}`) },
      title: text('The kind of problem, in words.'),
      status: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status of the answer.' },
      detail: text('What happened this time.', { minLength: 1 }),
      errors: {
        type: 'array',
        description: 'Each parameter or field that was wrong.',
        items: object(
          {
            parameter: text('Its name.'),
            value: text('What was given; a secret is left out.'),
            message: text('What was wrong, and what would be accepted.'),
          },
          ['parameter', 'value', 'message'],
        ),
      },
    },
    ['type', 'title', 'status', 'detail'],
    { description: 'RFC 9457 problem details.' },
  ),
} as const satisfies Readonly<Record<string, JsonSchema>>

export type SchemaName = keyof typeof schemas
