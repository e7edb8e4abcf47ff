/** The session cookie's name and attributes. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import { tokenSeconds } from '../auth/access-tokens.ts'

/** Over TLS the `__Host-` prefix makes the browser itself hold the cookie to this host, path and Secure. */
export function cookieName(publicUrl: URL | undefined): string {
  return overTls(publicUrl) ? '__Host-hindsight' : 'hindsight'
}

export function cookieOptions(publicUrl: URL | undefined): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: overTls(publicUrl), maxAge: tokenSeconds }
}

function overTls(publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:'
}
