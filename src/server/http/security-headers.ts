/** What every answer tells the browser about trust. */
import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { onRequestHookHandler } from 'fastify'

const tlsSeconds = 31_536_000

/**
 * For data: a browser that is made to show it runs, loads and frames nothing (OWASP REST Security Cheat Sheet, "Security
 * Headers"). Constant, because it goes with every answer; what a page needs is added by `pageHeaders`.
 */
export function sealData(publicUrl: URL | undefined): onRequestHookHandler {
  const headers = Object.entries(dataHeaders(publicUrl))
  return (_, reply, done) => {
    for (const [name, value] of headers) reply.header(name, value)
    done()
  }
}

/** The same for an answer that no hook sees. */
export function dataHeaders(publicUrl: URL | undefined): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    ...(overTls(publicUrl) && { 'strict-transport-security': `max-age=${tlsSeconds}` }),
  }
}

/** Before helmet, which sets its headers beneath those of the reply, where ours would win over them. */
export const unsealData: onRequestHookHandler = (_, reply, done) => {
  reply.removeHeader('content-security-policy')
  done()
}

/** For the page, and for what a browser shows by itself. */
export function pageHeaders(publicUrl: URL | undefined): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        // A recording loaded whole, from a server that knows no ranges, is one.
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // A promise only a host that is served over TLS can keep.
    strictTransportSecurity: overTls(publicUrl) ? { maxAge: tlsSeconds, includeSubDomains: false } : false,
  }
}

function overTls(publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:'
}
