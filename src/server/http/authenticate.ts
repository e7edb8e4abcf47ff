/** Who asks: a Bearer token, or the page's session cookie, which holds one. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import type { Identity } from '../auth/identity.ts'
import type { AppContext } from './app-context.ts'
import { bearerChallenge } from './bearer-challenge.ts'
import { HttpProblem } from './http-problem.ts'
import { sealedSession } from './session-cookie.ts'

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
  const admit = (request: TenantRequest, identity: Identity, done: (error?: Error) => void): void => {
    request.identity = identity
    const own = identity.tenant === request.params.tenant
    done(
      own
        ? undefined
        : new HttpProblem(
            problem('not-permitted', 403, 'Your sign-in is not for this tenant.'),
            bearerChallenge('insufficient_scope'),
          ),
    )
  }
  return (request: TenantRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    const { authorization } = request.headers
    // Nearly every request brings a token that was checked before: it need not wait for a promise.
    const known = authorization?.startsWith(scheme)
      ? context.tokens.known(authorization.slice(scheme.length))
      : undefined
    if (known === undefined) identify(context, request).then((found) => admit(request, found, done), done)
    else admit(request, known.identity, done)
  }
}

const scheme = 'Bearer '

type TenantRequest = FastifyRequest<{ Params: { tenant: string } }>

/** Whoever tries another way to sign in is told how, and no error (RFC 6750, section 3.1). */
const isBearer = /^Bearer(?: |$)/i

/** RFC 6750, section 2.1. */
function bearerToken(authorization: string | undefined): string | undefined {
  return authorization && /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1]
}

async function identify(
  { tokens, sessions, publicUrl }: AppContext,
  request: FastifyRequest,
): Promise<Identity> {
  const { authorization } = request.headers
  if (authorization !== undefined && isBearer.test(authorization)) {
    const token = bearerToken(authorization)
    const verified = token === undefined ? undefined : await tokens.verify(token)
    if (verified) return verified.identity
    throw new HttpProblem(
      problem('not-signed-in', 401, 'The access token is not one of ours, or has expired.'),
      bearerChallenge('invalid_token'),
    )
  }
  const sealed = authorization === undefined ? sealedSession(request, publicUrl) : undefined
  const session = sealed === undefined ? undefined : await sessions.open(sealed)
  if (session) return session.identity
  throw new HttpProblem(
    problem('not-signed-in', 401, 'This needs an access token, or a session that has not ended.'),
    bearerChallenge(),
  )
}
