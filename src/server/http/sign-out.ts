/** DELETE /session: the cookie goes. */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { auditRecord } from './audit-record.ts'
import { requireSameOrigin } from './same-origin.ts'
import { cookieName, cookieOptions, sealedSession } from './session-cookie.ts'

export function signOut(app: FastifyInstance, { audit, sessions, publicUrl }: AppContext): void {
  app.delete(routes.session.path, { onRequest: requireSameOrigin(publicUrl) }, async (request, reply) => {
    const sealed = sealedSession(request, publicUrl)
    const session = sealed === undefined ? undefined : await sessions.open(sealed)
    if (session !== undefined) {
      const { tenant, subject } = session.identity
      audit.record(auditRecord(request, { tenant, action: 'sign-out', subject }))
    }
    return reply
      .clearCookie(cookieName(publicUrl), cookieOptions(publicUrl))
      .header('cache-control', 'no-store')
      .code(204)
      .send()
  })
}
