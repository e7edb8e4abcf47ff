/** What the environment says of an upstream, read strictly. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import * as z from 'zod/mini'
import { isTenantKey } from '../contract/model/tenant.ts'
import type { Pair } from './auth/access.ts'
import { isPublicAddress } from './source/upstream/public-address.ts'

/** An https address without a path; http where it does not leave this machine, or a password would travel in the open. */
export function parseUpstreamUrl(text: string): URL | undefined {
  const url = parseOrigin(text)
  if (url?.protocol === 'https:') return url
  const here = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  return here ? url : undefined
}

/** An http or https address without path, query, fragment or credentials. */
export function parseOrigin(text: string): URL | undefined {
  const url = URL.parse(text)
  const plain =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password
  return plain ? url : undefined
}

/** `media.example,cdn.example:8443`: hosts that are asked over https. @returns their origins */
export function parseRecordingHosts(text: string): ReadonlySet<string> | undefined {
  const origins = text.split(',').map((part) => hostOrigin(part.trim()))
  return origins.every((origin) => origin !== undefined) ? new Set(origins) : undefined
}

function hostOrigin(host: string): string | undefined {
  if (!/^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i.test(host)) return undefined
  const url = URL.parse(`https://${host}`)
  if (url === null) return undefined
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && !isPublicAddress(literal) ? undefined : url.origin
}

const clientsFile = z.record(
  z.string().check(z.refine(isTenantKey)),
  z.strictObject({
    // A colon would end it: the two are sent with one between them.
    clientId: z.string().check(z.regex(/^[^:]+$/)),
    clientSecret: z.string().check(z.minLength(1)),
  }),
)

/** `{"PremierTenant":{"clientId":"…","clientSecret":"…"}}` */
export function parseClients(text: string): ReadonlyMap<string, Pair> | undefined {
  try {
    const read = clientsFile.safeParse(JSON.parse(text))
    if (!read.success) return undefined
    const pairs = Object.entries(read.data)
    return new Map(
      pairs.map(([tenant, { clientId, clientSecret }]) => [tenant, { name: clientId, secret: clientSecret }]),
    )
  } catch {
    return undefined
  }
}

/** The same from a file. */
export function readClientsFile(file: string): ReadonlyMap<string, Pair> | undefined {
  try {
    return parseClients(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
