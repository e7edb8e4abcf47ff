/** Refusals: thrown anywhere in a handler, answered in one place. */
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
} from 'fastify'
import { type Problem, type ProblemKind, problem } from '../../contract/problem.ts'
import { chooseProblemType } from '../../contract/representation/media-type.ts'
import { writeProblemXml } from '../../contract/representation/xml.ts'
import { noRoomOf } from '../source/no-room.ts'
import { SourceFailure } from '../source/source-failure.ts'
import { logRequest } from './access-log.ts'
import { dataHeaders } from './security-headers.ts'
import type { ServedMethods } from './served-methods.ts'
import { sourceProblem } from './source-problem.ts'

export class HttpProblem extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(body: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(body.detail)
    this.problem = body
    this.headers = headers
  }
}

/** Turns whatever was thrown, the framework's own errors included, into a problem; what is our fault says nothing of its cause. */
export function answerProblems(app: FastifyInstance, served: ServedMethods): void {
  app.setErrorHandler((error: FastifyError | HttpProblem | SourceFailure, request, reply) => {
    if (error instanceof HttpProblem) return sendProblem(reply, error.problem, error.headers)
    if (error instanceof SourceFailure) return answerFailure(error, request, reply)
    const full = noRoomOf(error)
    if (full !== undefined) return answerFailure(full, request, reply)
    const status = error.statusCode ?? 500
    // A body that cannot be read matters only where one would have been.
    if (status < 500 && request.is404) return answerUnserved(served, request, reply)
    if (status < 500) return sendProblem(reply, frameworkProblem(error.code, status, error.message))
    request.log.error({ reqId: request.id, err: error }, 'request failed')
    return sendProblem(
      reply,
      problem('internal', 500, 'The request was fine, we failed. The failure has been logged.'),
    )
  })
  app.setNotFoundHandler((request, reply) => answerUnserved(served, request, reply))
}

function answerFailure(failure: SourceFailure, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { kind, message } = failure
  const whose = kind === 'no-database' || kind === 'no-room' ? 'database' : 'upstream'
  if (kind !== 'not-given')
    request.log.warn({ reqId: request.id, kind, why: message }, `the ${whose} gave no answer`)
  const { body, headers } = sourceProblem(failure)
  return sendProblem(reply, body, headers)
}

/** For the framework's `frameworkErrors`: the router itself refused the path, so that no hook has run and none will. */
export function answerRefusedPaths(publicUrl: URL | undefined) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    reply.raw.once('finish', () => logRequest(request, reply))
    const body = frameworkProblem(error.code, error.statusCode ?? 400, error.message)
    sendProblem(reply.headers(dataHeaders(publicUrl)), body)
  }
}

/** RFC 9110: OPTIONS (9.3.7) and 405 (15.5.6) name the methods of a path that is served; any other path is a 404. */
function answerUnserved(served: ServedMethods, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const methods = served.at(request.url)
  // A file of the page that is gone since the start is served by GET, and not there.
  if (methods.length === 0 || (methods.includes(request.method) && request.method !== 'OPTIONS'))
    return sendProblem(reply, nothingAt(request))
  const allow = methods.join(', ')
  if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send()
  return sendProblem(reply, notServed(request.method, allow), { allow })
}

/** The router looks at each method by itself, and takes `DELETE /v1/engagements/count/…` for an engagement of the tenant `count`. */
export function refuseUnserved(served: ServedMethods): onRequestHookHandler {
  return ({ method, url, is404 }, _, done) => {
    if (method === 'GET' || method === 'HEAD' || is404) return done()
    const methods = served.at(url)
    if (methods.includes(method)) return done()
    const allow = methods.join(', ')
    done(new HttpProblem(notServed(method, allow), { allow }))
  }
}

export function notServed(method: string, allow: string): Problem {
  return problem('method-not-allowed', 405, `${method} is not served here; served are ${allow}.`)
}

export function nothingAt(request: FastifyRequest): Problem {
  return problem('not-found', 404, `Nothing is served at ${request.url.split('?', 1)[0]}`)
}

export function sendProblem(
  reply: FastifyReply,
  body: Problem,
  headers: Readonly<Record<string, string>> = {},
): FastifyReply {
  const type = chooseProblemType(reply.request.headers.accept)
  return reply
    .code(body.status)
    .headers(headers)
    .header('cache-control', 'no-store')
    .header('vary', 'Accept')
    .header('content-type', `${type}; charset=utf-8`)
    .send(type === 'application/problem+xml' ? writeProblemXml(body) : JSON.stringify(body))
}

const kinds: Readonly<Record<number, ProblemKind>> = {
  404: 'not-found',
  413: 'content-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
}

/** The framework's own words where they are clear to whoever called; those that quote the request back are replaced. */
const details: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not percent-encoded UTF-8; expected %XX escapes of UTF-8 bytes.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not well-formed JSON, or tries to set a prototype.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The Content-Type of the body is not read here; expected application/json.',
}

function frameworkProblem(code: string, status: number, message: string): Problem {
  return problem(kinds[status] ?? 'bad-request', status, details[code] ?? message)
}
