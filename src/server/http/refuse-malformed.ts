/** What the parser lets through and HTTP does not: the first thing every request meets. */
import type { onRequestHookHandler } from 'fastify'
import { type Problem, problem } from '../../contract/problem.ts'
import { HttpProblem } from './http-problem.ts'

/** Characters of a request's path and query: enough for `user` as often, and as long, as it may be. */
export const longestUrl = 18 * 1024
/** RFC 3986, section 3.2.2, and a port. Doubled ones arrive joined with a comma, which a host may not have here. */
export const hostShape = /^(?:[\w.~!$&'()*+;=%-]+|\[[\da-fv.:]+\])(?::\d*)?$/i

/** @throws HttpProblem 414, or 400 for what is no path, or anything but exactly one host (RFC 9112, section 3.2) */
export function refuseMalformed(): onRequestHookHandler {
  let known: string | undefined
  return ({ raw: { method, url = '', headers, httpVersionMinor } }, _, done) => {
    if (url.length > longestUrl) return done(refusal(addressTooLong()))
    if (!url.startsWith('/') && method !== 'OPTIONS') return done(refusal(noPath()))
    const { host } = headers
    // Nearly every request names the host that the last one did.
    if (host !== known) {
      if (host === undefined ? httpVersionMinor > 0 : !hostShape.test(host)) return done(refusal(wrongHost()))
      known = host
    }
    // JSON without a body: the framework would wait for one, or take nothing for broken JSON.
    if (
      method !== 'GET' &&
      (headers['content-length'] ?? '0') === '0' &&
      !('transfer-encoding' in headers) &&
      headers['content-type']?.includes('json')
    )
      delete headers['content-type']
    done()
  }
}

export function addressTooLong(): Problem {
  return problem('uri-too-long', 414, `The path and query may have ${longestUrl} characters at most.`)
}

function noPath(): Problem {
  return problem('bad-request', 400, 'Expected a path, or an address that begins with http or https.')
}

function wrongHost(): Problem {
  return problem('bad-request', 400, 'Expected exactly one Host header that names a host.')
}

/** Whoever sends such a thing may mean something else by what follows on the connection. */
function refusal(body: Problem): HttpProblem {
  return new HttpProblem(body, { connection: 'close' })
}
