/** DELETE /session: the cookie goes. */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { requireSameOrigin } from './same-origin.ts'
import { cookieName, cookieOptions } from './session-cookie.ts'

export function signOut(app: FastifyInstance, { publicUrl }: AppContext): void {
  app.delete(routes.session.path, { onRequest: requireSameOrigin(publicUrl) }, async (_, reply) =>
    reply
      .clearCookie(cookieName(publicUrl), cookieOptions(publicUrl))
      .header('cache-control', 'no-store')
      .code(204)
      .send(),
  )
}
