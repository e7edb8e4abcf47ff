/** HEAD, where the framework answers it by our GET: it would tell a length of 0 with a 304, which caches take for that of the whole. */
import type { onSendHookHandler, RouteOptions } from 'fastify'

/** For the framework's `onRoute`. RFC 9110, section 8.6, and RFC 9111, section 4.3.5. */
export function leaveLengthUntold(route: RouteOptions): void {
  if (route.method === 'HEAD') route.onSend = [...[route.onSend ?? []].flat(), untold]
}

const untold: onSendHookHandler = (_, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length')
  done(null, payload)
}
