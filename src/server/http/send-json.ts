/** A JSON text as the answer, where the caller takes JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { chooseMediaType } from '../../contract/representation/media-type.ts'
import { HttpProblem } from './http-problem.ts'

const offered = ['application/json'] as const

/** @throws HttpProblem 406 naming what there is */
export function sendJson(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  if (chooseMediaType(request.headers.accept, offered) === undefined)
    throw new HttpProblem(problem('not-acceptable', 406, `Available here: ${offered.join(', ')}.`))
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .header('vary', 'Accept, Authorization, Cookie')
    .send(text)
}
