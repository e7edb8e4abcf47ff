/** POST /session: email, password and tenant against a session cookie. */
import type { FastifyInstance } from 'fastify'
import { signInRequest } from '../../contract/model/session.ts'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { auditFailure } from './audit-failure.ts'
import { addressOf, auditRecord } from './audit-record.ts'
import { bearerChallenge } from './bearer-challenge.ts'
import { HttpProblem } from './http-problem.ts'
import { requireSameOrigin } from './same-origin.ts'
import { sendMomentary } from './send-resource.ts'
import { cookieName, cookieOptions } from './session-cookie.ts'
import { sessionInfo } from './session-info.ts'

const largestBodyBytes = 16 * 1024

export function signIn(app: FastifyInstance, context: AppContext): void {
  const { access, attempts, audit, sessions, tokens, publicUrl } = context
  app.post(
    routes.session.path,
    { onRequest: requireSameOrigin(publicUrl), bodyLimit: largestBodyBytes },
    async (request, reply) => {
      // Refused before anybody is signed in, not after.
      acceptedType(request)
      const body = signInRequest.safeParse(request.body)
      if (!body.success) {
        // The values are left out: one of them is a password.
        const errors = body.error.issues.map(({ path, message }) => ({
          parameter: path.join('.') || '(body)',
          value: '',
          message,
        }))
        const detail = 'Expected a JSON object with tenant, email and password, none of them empty.'
        throw new HttpProblem(problem('invalid-body', 400, detail, errors))
      }
      const { tenant, email, password } = body.data
      const identity = await attempts.check(
        { address: addressOf(request), tenant, name: email },
        {
          verify: () => access.signIn(tenant, email, password),
          failed: (by) =>
            auditFailure(context, request, { tenant, action: 'sign-in-failed', name: email, by }),
        },
      )
      if (identity === undefined)
        throw new HttpProblem(
          problem('wrong-credentials', 401, 'Tenant, email or password is wrong.'),
          bearerChallenge(),
        )
      audit.record(auditRecord(request, { tenant, action: 'sign-in', subject: identity.subject }))
      const sealed = await sessions.begin(identity)
      reply.setCookie(cookieName(publicUrl), sealed, cookieOptions(publicUrl, tokens.secondsOf(identity)))
      return sendMomentary(request, reply, 'session', await sessionInfo(context, identity))
    },
  )
}
