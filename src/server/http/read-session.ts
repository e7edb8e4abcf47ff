/** GET /session: who is signed in on this page; renews a session that is in use. */
import type { FastifyInstance } from 'fastify'
import type { SessionInfo } from '../../contract/model/session.ts'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { sendMomentary } from './send-resource.ts'
import { cookieName, cookieOptions, sealedSession } from './session-cookie.ts'
import { sessionInfo } from './session-info.ts'

export function readSession(app: FastifyInstance, context: AppContext): void {
  const { sessions, access, publicUrl } = context
  app.get(routes.session.path, async (request, reply) => {
    const tell = (session: SessionInfo) => sendMomentary(request, reply, 'session', session)
    const sealed = sealedSession(request, publicUrl)
    const session = sealed === undefined ? undefined : await sessions.open(sealed)
    // Nobody signed in is an answer, not an error: the page asks before it knows.
    if (session === undefined) return tell({})
    const identity = await access.present(session.identity)
    if (identity === undefined) {
      reply.clearCookie(cookieName(publicUrl), cookieOptions(publicUrl))
      return tell({})
    }
    const renewed = await sessions.renew(session)
    if (renewed !== undefined) reply.setCookie(cookieName(publicUrl), renewed, cookieOptions(publicUrl))
    return tell(await sessionInfo(context, identity))
  })
}
