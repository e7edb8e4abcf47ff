/** The session cookie's name and attributes. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { tokenSeconds } from '../auth/access-tokens.ts'

/** Over TLS the `__Host-` prefix makes the browser itself hold the cookie to this host, path and Secure. */
export function cookieName(publicUrl: URL | undefined): string {
  return overTls(publicUrl) ? '__Host-hindsight' : 'hindsight'
}

/** @param seconds that what is in it is good for */
export function cookieOptions(publicUrl: URL | undefined, seconds = tokenSeconds): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: overTls(publicUrl), maxAge: seconds }
}

/** The sealed session that came with a request, unopened. */
export function sealedSession(request: FastifyRequest, publicUrl: URL | undefined): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : request.server.parseCookie(cookie)[cookieName(publicUrl)]
}

function overTls(publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:'
}
