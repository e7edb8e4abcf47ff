/** Refusals: thrown anywhere in a handler, answered in one place. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Problem, type ProblemKind, problem } from '../../contract/problem.ts'
import { chooseProblemType } from '../../contract/representation/media-type.ts'
import { writeProblemXml } from '../../contract/representation/xml.ts'

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
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | HttpProblem, request, reply) => {
    if (error instanceof HttpProblem) return sendProblem(reply, error.problem, error.headers)
    const status = error.statusCode ?? 500
    if (status < 500) return sendProblem(reply, frameworkProblem(error, status))
    request.log.error({ reqId: request.id, err: error }, 'request failed')
    return sendProblem(
      reply,
      problem('internal', 500, 'The request was fine, we failed. The failure has been logged.'),
    )
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, nothingAt(request)))
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

const kinds: Readonly<Record<number, ProblemKind>> = { 404: 'not-found', 405: 'method-not-allowed' }

function frameworkProblem(error: FastifyError, status: number): Problem {
  return problem(kinds[status] ?? 'bad-request', status, error.message)
}
