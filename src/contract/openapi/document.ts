/** The API's description, OpenAPI 3.1, put together from the declarations that the server itself runs by. */

import { allRoutes } from '../all-routes.ts'
import type { Params } from '../query/define-query.ts'
import type { Param } from '../query/param.ts'
import { exportTypes, framesType } from '../representation/export-types.ts'
import { problemTypes, representationTypes } from '../representation/media-type.ts'
import {
  type Answer,
  headers,
  type Operation,
  type OtherBody,
  operations,
  requestHeaders,
} from './operations.ts'
import { type JsonSchema, schemas } from './schemas.ts'

type RouteName = keyof typeof allRoutes

export function openApiDocument(): JsonSchema {
  const names = Object.keys(allRoutes) as RouteName[]
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hindsight',
      version: '1',
      summary: 'Past engagements of a contact centre.',
      description:
        'The Live Experience REST API of past engagements. What its reference leaves open is settled here; resources marked (ours) are additions.',
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: '/', description: 'This host.' }],
    tags: [
      { name: 'Engagements', description: 'The history, and its recordings.' },
      { name: 'Signing in', description: 'Access tokens and the page’s session.' },
      { name: 'Operation', description: 'For whoever watches the process.' },
    ],
    paths: Object.fromEntries(names.map((name) => [templateOf(allRoutes[name].path), pathItem(name)])),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'From `/v1/auth/{tenant}`.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'hindsight',
          description: 'The page’s own; HttpOnly.',
        },
        credentials: {
          type: 'http',
          scheme: 'basic',
          description: 'Email and password, or client id and secret.',
        },
      },
      schemas,
    },
  }
}

/** `/v1/engagements/:tenant` as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

const pathDocs: Readonly<Record<string, string>> = {
  tenant: 'The tenant’s key, such as `PremierTenant`.',
  id: 'The engagement’s id.',
  viewId: 'The view’s id: 1 to 64 letters of ASCII, digits, `_` and `-`.',
  recordingId: 'The recording’s id, the last part of its `uri`.',
}

function pathItem(name: RouteName): JsonSchema {
  const route = allRoutes[name]
  const query = 'query' in route ? queryParameters(route.query.params) : []
  const path = [...route.path.matchAll(/:(\w+)/g)].map(([, at = '']) => ({
    name: at,
    in: 'path',
    required: true,
    description: pathDocs[at] ?? '',
    schema: { type: 'string', minLength: 1 },
  }))
  const described = operations[name].map((operation) => [
    operation.method,
    operationObject(operation, [...query, ...(operation.given ?? []).map(headerParameter)], route.path),
  ])
  return { ...(path.length > 0 && { parameters: path }), ...Object.fromEntries(described) }
}

function operationObject(
  { method, id, doc, caller, takes, answers }: Operation,
  parameters: readonly JsonSchema[],
  path: string,
): JsonSchema {
  return {
    operationId: id,
    summary: doc,
    tags: [
      caller === 'tenant'
        ? 'Engagements'
        : path.startsWith('/v1/auth') || path === '/session'
          ? 'Signing in'
          : 'Operation',
    ],
    security: { tenant: [{ accessToken: [] }, { session: [] }], basic: [{ credentials: [] }], anyone: [] }[
      caller
    ],
    ...(parameters.length > 0 && { parameters }),
    ...(takes && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${takes}` } } },
      },
    }),
    responses: {
      ...Object.fromEntries(answers.map((answer) => [String(answer.status), responseObject(answer)])),
      '4XX': {
        description: 'Refused before it got here: malformed, too long, or not like this.',
        ...(method !== 'head' && { content: contentOf('Problem') }),
      },
    },
  }
}

function responseObject({ doc, body, headers: names = [] }: Answer): JsonSchema {
  const told = names.map((name) => [name, { description: headers[name], schema: { type: 'string' } }])
  return {
    description: doc,
    ...(told.length > 0 && { headers: Object.fromEntries(told) }),
    ...(body !== undefined && { content: contentOf(body) }),
  }
}

const otherContent: Readonly<Record<OtherBody, JsonSchema>> = {
  bytes: {
    'audio/*': { schema: {} },
    'video/*': { schema: {} },
    'application/octet-stream': { schema: {} },
    'multipart/byteranges': { schema: {} },
  },
  export: Object.fromEntries(
    [...Object.values(exportTypes), framesType].map((type) => [type, { schema: {} }]),
  ),
  description: { 'application/json': { schema: { type: 'object' } } },
  page: { 'text/html': { schema: { type: 'string' } } },
  xmlSchema: { 'application/xml': { schema: { type: 'string' } } },
  stylesheet: { 'text/css': { schema: { type: 'string' } } },
}

function contentOf(body: NonNullable<Answer['body']>): JsonSchema {
  if (body in otherContent) return otherContent[body as OtherBody]
  const described = { schema: { $ref: `#/components/schemas/${body}` } }
  const types = body === 'Problem' ? problemTypes : representationTypes
  return Object.fromEntries(types.map((type) => [type, described]))
}

function headerParameter(name: keyof typeof requestHeaders): JsonSchema {
  return { name, in: 'header', description: requestHeaders[name], schema: { type: 'string' } }
}

function queryParameters(params: Params): JsonSchema[] {
  return Object.entries(params).map(([name, param]) => ({
    name,
    in: 'query',
    ...(param.needed && { required: true }),
    description: `${param.doc} Expected: ${param.accepts}.`,
    schema: parameterSchema(param),
    ...(param.repeatable && { style: 'form', explode: true }),
    ...(param.kind === 'words' && { style: 'form', explode: false }),
  }))
}

function parameterSchema({ kind, words = [], min, max, fallback }: Param<unknown>): JsonSchema {
  const known = fallback !== undefined ? { default: fallback } : {}
  switch (kind) {
    case 'word':
      return { type: 'string', enum: words, ...known }
    case 'words':
      return {
        type: 'array',
        items: { type: 'string', enum: words },
        minItems: 1,
        uniqueItems: true,
        ...known,
      }
    case 'number':
      return { type: 'integer', minimum: min, maximum: max, ...known }
    case 'emails':
      return { type: 'array', items: { type: 'string', format: 'email' }, maxItems: max }
    case 'instant':
      return { type: 'string', examples: ['2018-01-10', '2018-01-15T10:25:11', ...words] }
    case 'text':
      return { type: 'string', minLength: 1, maxLength: max }
  }
}
