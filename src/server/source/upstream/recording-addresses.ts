/**
 * Addresses of ours for recordings that lie elsewhere: each holds the upstream's own, sealed, so that nobody can have us ask
 * for another one, and nothing that is secret in it reaches the page. The same address is always sealed to the same text, by
 * which players, caches and links know a recording again.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { pathOf, routes } from '../../../contract/routes.ts'
import { deriveKey } from '../../auth/secret.ts'

export interface RecordingAddresses {
  /** Our address of a recording, or its own where it is on no host that we may ask. */
  oursFor(tenant: string, uri: string): string
  /** What one of our ids stands for; undefined: it is none of this tenant's. */
  open(tenant: string, recordingId: string): URL | undefined
  /** Whether a host may be asked for recordings. */
  allows(url: URL): boolean
}

/** Longer ones would not fit into a path of ours. */
const longestUri = 1400
const tagBytes = 16
const cipher = 'aes-256-ctr'

/** @param upstream also what relative addresses are relative to @param hosts origins of others */
export function createRecordingAddresses(
  secret: string,
  upstream: URL,
  hosts: ReadonlySet<string>,
): RecordingAddresses {
  const sealKey = deriveKey(secret, 'recording address')
  const tagKey = deriveKey(secret, 'recording address tag')
  // The tag is the cipher's first block as well: a synthetic initialisation vector, as in RFC 5297.
  const tagOf = (tenant: string, address: Buffer) =>
    createHmac('sha256', tagKey).update(`${tenant}\n`).update(address).digest().subarray(0, tagBytes)
  const allows = ({ origin }: URL) => origin === upstream.origin || hosts.has(origin)
  return {
    allows,
    oursFor(tenant, uri) {
      const url = uri === '' ? null : URL.parse(uri, upstream)
      if (url === null || !allows(url) || url.username !== '' || url.href.length > longestUri) return uri
      const address = Buffer.from(url.href)
      const tag = tagOf(tenant, address)
      const sealed = createCipheriv(cipher, sealKey, tag).update(address)
      const recordingId = Buffer.concat([tag, sealed]).toString('base64url')
      return pathOf(routes.recording, { tenant, recordingId })
    },
    open(tenant, recordingId) {
      const bytes = Buffer.from(recordingId, 'base64url')
      if (bytes.length <= tagBytes) return undefined
      const tag = bytes.subarray(0, tagBytes)
      const address = createDecipheriv(cipher, sealKey, tag).update(bytes.subarray(tagBytes))
      if (!timingSafeEqual(tag, tagOf(tenant, address))) return undefined
      const url = URL.parse(address.toString())
      // Hosts may have been taken off the list since.
      return url !== null && allows(url) ? url : undefined
    },
  }
}
