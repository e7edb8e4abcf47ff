/**
 * A request may name its whole address, as one to a proxy does (RFC 9112, section 3.2.2). What is served is told by the path of
 * it, and its host wins over the header.
 */
import type { IncomingMessage } from 'node:http'
import { hostShape } from './refuse-malformed.ts'

const absolute = /^https?:\/\/([^/?#]*)(.*)$/i

/** For the framework's `rewriteUrl`. */
export function originForm({ url = '/', headers, httpVersionMinor }: IncomingMessage): string {
  const [, authority, rest] = (!url.startsWith('/') && absolute.exec(url)) || []
  if (authority === undefined || rest === undefined) return url
  // A header that is missing, or none, is refused all the same.
  const { host } = headers
  if (host === undefined ? httpVersionMinor === 0 : hostShape.test(host)) headers.host = authority
  return rest.startsWith('/') ? rest : `/${rest}`
}
