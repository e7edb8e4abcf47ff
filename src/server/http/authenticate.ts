/** Who asks: a Bearer token, or the page's session cookie, which holds one. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import type { Identity } from '../auth/identity.ts'
import type { AppContext } from './app-context.ts'
import { HttpProblem } from './http-problem.ts'
import { cookieName } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireTenant` before a handler runs. */
    identity: Identity | undefined
  }
}

/**
 * A hook for routes under a tenant: the token has to be of the tenant in the path. Whether another tenant exists is told to
 * nobody.
 * @throws HttpProblem 401, or 403 for another tenant
 */
export function requireTenant(context: AppContext) {
  return async (
    request: FastifyRequest<{ Params: { tenant: string } }>,
    _reply: FastifyReply,
  ): Promise<void> => {
    const identity = await identify(context, request)
    if (identity.tenant !== request.params.tenant)
      throw new HttpProblem(problem('not-permitted', 403, 'Your sign-in is not for this tenant.'))
    request.identity = identity
  }
}

async function identify(
  { tokens, sessions, publicUrl }: AppContext,
  request: FastifyRequest,
): Promise<Identity> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1]
    const verified = token === undefined ? undefined : await tokens.verify(token)
    if (verified) return verified.identity
    // RFC 6750, section 3.1
    throw new HttpProblem(
      problem('not-signed-in', 401, 'The access token is not one of ours, or has expired.'),
      {
        'www-authenticate': 'Bearer realm="hindsight", error="invalid_token"',
      },
    )
  }
  const sealed = request.cookies[cookieName(publicUrl)]
  const session = sealed === undefined ? undefined : await sessions.open(sealed)
  if (session) return session.identity
  throw new HttpProblem(
    problem('not-signed-in', 401, 'This needs an access token, or a session that has not ended.'),
    {
      'www-authenticate': 'Bearer realm="hindsight"',
    },
  )
}
