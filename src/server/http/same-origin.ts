/** State-changing calls of the page have to come from the page. */
import type { FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { HttpProblem } from './http-problem.ts'

/** A hook that compares `Origin`, which browsers set on every such call, with our own. @throws HttpProblem 403 */
export function requireSameOrigin(publicUrl: URL | undefined) {
  return async (request: FastifyRequest): Promise<void> => {
    const { origin, host } = request.headers
    const own = publicUrl?.origin ?? `http://${host}`
    if (origin !== own) {
      const came = origin === undefined ? 'no Origin header' : 'an Origin that is not ours'
      throw new HttpProblem(problem('foreign-origin', 403, `The request came with ${came}.`))
    }
  }
}

/**
 * The same for calls that programs make as well: a browser sends the session cookie by itself, a token never. Comes after
 * the hook that found out who asks.
 */
export function requireSameOriginOfSession(publicUrl: URL | undefined) {
  const requireOwn = requireSameOrigin(publicUrl)
  return async (request: FastifyRequest): Promise<void> => {
    if (request.headers.authorization === undefined) await requireOwn(request)
  }
}
