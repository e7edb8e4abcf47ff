/** Some operations are not for every user of a tenant. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Role } from '../../contract/model/session.ts'
import { problem } from '../../contract/problem.ts'
import { bearerChallenge } from './bearer-challenge.ts'
import { HttpProblem } from './http-problem.ts'

/** A hook that comes after `requireTenant`. @throws HttpProblem 403 */
export function requireRole(role: Role) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    const detail = `This needs the role ${role}.`
    done(
      request.identity?.role === role
        ? undefined
        : new HttpProblem(problem('not-permitted', 403, detail), bearerChallenge('insufficient_scope')),
    )
  }
}
