/** Holds every answer of a server under test to the API's own description. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiDocument } from '../../contract/openapi/document.ts'

interface Described {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

const document = openApiDocument() as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

const paths = Object.entries(document.paths).map(([template, item]) => ({
  item,
  template,
  pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  // A word in the path is closer than a hole.
  holes: template.split('{').length,
}))

/** Looks at every answer from now on. @returns what was wrong so far, a line each */
export function watchAnswers(server: Server): readonly string[] {
  const wrong: string[] = []
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const body: Buffer[] = []
    const gather = (chunk: unknown) => {
      if (typeof chunk === 'string') body.push(Buffer.from(chunk))
      else if (chunk instanceof Uint8Array) body.push(Buffer.from(chunk))
    }
    // Headers given to writeHead are in no list of the response's own.
    const told: Record<string, unknown> = {}
    const { write, end, writeHead } = response
    response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
      for (const [name, value] of Object.entries(args.at(-1) ?? {})) told[name.toLowerCase()] = value
      return Reflect.apply(writeHead, this, args)
    } as typeof writeHead
    response.write = function (this: ServerResponse, ...args: Parameters<typeof write>) {
      gather(args[0])
      return Reflect.apply(write, this, args)
    } as typeof write
    response.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
      gather(args[0])
      return Reflect.apply(end, this, args)
    } as typeof end
    response.once('finish', () => {
      const headers = { ...response.getHeaders(), ...told }
      const found = whatIsWrong(request, response.statusCode, headers, Buffer.concat(body))
      if (found !== undefined) wrong.push(`${request.method} ${request.url} ${response.statusCode}: ${found}`)
    })
  })
  return wrong
}

function whatIsWrong(
  request: IncomingMessage,
  statusCode: number,
  headers: Readonly<Record<string, unknown>>,
  body: Buffer,
): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const [match] = paths.filter(({ pattern }) => pattern.test(path)).toSorted((a, b) => a.holes - b.holes)
  // What is no resource of ours is answered by a problem, and described nowhere.
  const operation = match?.item[(request.method ?? '').toLowerCase()]
  if (operation === undefined) return undefined
  const answer =
    operation.responses[statusCode] ?? (statusCode < 500 ? operation.responses['4XX'] : undefined)
  if (answer === undefined || (statusCode < 400 && operation.responses[statusCode] === undefined))
    return 'no such status is described'
  const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  if (answer.content === undefined || request.method === 'HEAD')
    return request.method !== 'HEAD' && body.length > 0 ? 'no body is described' : undefined
  const media = Object.keys(answer.content).find(
    (name) => name === type || (name.endsWith('/*') && type.startsWith(name.slice(0, -1))),
  )
  if (media === undefined) return `no body of type ${type} is described`
  if (!type.endsWith('json') || 'content-encoding' in headers) return undefined
  const schema = answer.content[media]?.schema as { readonly $ref?: string }
  const reference = schema.$ref
  if (reference === undefined) return undefined
  const validate = ajv.getSchema(`openapi${reference}`)
  if (validate === undefined) return `${reference} is not there`
  return validate(JSON.parse(body.toString('utf8'))) === true ? undefined : ajv.errorsText(validate.errors)
}
