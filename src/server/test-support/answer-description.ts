/** What the API's own description says about an answer. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiDocument } from '../../contract/openapi/document.ts'
import { type JsonSchema, type SchemaName, schemas } from '../../contract/openapi/schemas.ts'
import { problemTypes } from '../../contract/representation/media-type.ts'
import { xmlValue } from './xml-value.ts'

type Content = Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>

interface Described {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface GivenAnswer {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** As it was sent; needed of JSON and XML alone. */
  readonly body: Buffer
  readonly bodyBytes: number
}

const document = openApiDocument() as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

/** Of what is no resource of ours: a problem as anywhere, or, to whoever asks for HTML, the page that says so. */
const refusalContent: Content = {
  ...Object.fromEntries(
    problemTypes.map((type) => [type, { schema: { $ref: '#/components/schemas/Problem' } }]),
  ),
  'text/html': { schema: {} },
}

const paths = Object.entries(document.paths).map(([template, item]) => ({
  item,
  pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  // A word in the path is closer than a hole.
  holes: template.split('{').length,
}))

/** RFC 9110, sections 15.5.2 and 15.5.6; a length that goes with a 304 would have to be that of the whole (8.6). */
const neededHeaders: Readonly<Record<number, string>> = { 401: 'www-authenticate', 405: 'allow' }

/** @returns how an answer differs from its description, or nothing */
export function whatIsWrong(given: GivenAnswer): string | undefined {
  const { method, url, status, headers } = given
  const needed = neededHeaders[status]
  if (needed !== undefined && headers[needed] === undefined) return `no ${needed} goes with it`
  if (status === 304 && headers['content-length'] !== undefined) return 'a length goes with it'
  const path = url.split('?', 1)[0] ?? ''
  const [match] = paths.filter(({ pattern }) => pattern.test(path)).toSorted((a, b) => a.holes - b.holes)
  // HEAD answers as GET does, and has a description of its own only where they differ.
  const operation = match?.item[method.toLowerCase()] ?? (method === 'HEAD' ? match?.item.get : undefined)
  if (operation === undefined) return status < 400 ? undefined : wrongContent(given, refusalContent)
  const described = operation.responses[status] ?? operation.responses[status < 500 ? '4XX' : status]
  if (described === undefined || (status < 400 && operation.responses[status] === undefined))
    return 'no such status is described'
  if (described.content !== undefined) return wrongContent(given, described.content)
  return method !== 'HEAD' && given.bodyBytes > 0 ? 'no body is described' : undefined
}

function wrongContent({ method, headers, body }: GivenAnswer, content: Content): string | undefined {
  const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  const [, media] =
    Object.entries(content).find(
      ([name]) => name === type || (name.endsWith('/*') && type.startsWith(name.slice(0, -1))),
    ) ?? []
  if (media === undefined) return `no body of type ${type} is described`
  if (!isRead(type) || method === 'HEAD') return undefined
  const { $ref: reference } = media.schema
  if (reference === undefined) return undefined
  const validate = ajv.getSchema(`openapi${reference}`)
  if (validate === undefined) return `${reference} is not there`
  try {
    const text = decoded(body, headers['content-encoding']).toString('utf8')
    const value: unknown = type.endsWith('json') ? JSON.parse(text) : xmlValue(text, media.schema, resolved)
    return validate(value) === true ? undefined : ajv.errorsText(validate.errors)
  } catch (error) {
    return `the body cannot be read: ${error instanceof Error ? error.message : error}`
  }
}

/** Of a media type, with or without parameters: whether its bodies are held to a schema. */
export function isRead(contentType: string): boolean {
  return /^[^;]*(?:json|xml)\s*(;|$)/i.test(contentType)
}

function resolved(schema: JsonSchema): JsonSchema {
  const name = String(schema.$ref ?? '').replace('#/components/schemas/', '')
  return name in schemas ? schemas[name as SchemaName] : schema
}

function decoded(body: Buffer, coding: unknown): Buffer {
  if (coding === 'br') return brotliDecompressSync(body)
  return coding === 'gzip' ? gunzipSync(body) : body
}
