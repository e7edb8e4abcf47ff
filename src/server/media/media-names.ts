/**
 * What the bytes of a recording are called, in a folder and in a bucket alike: `<tenant>/<recording>.<SHA-256 of the bytes>`.
 * All names are made from hashes, so no tenant and no recording can name a place outside, and what lies under a name never
 * changes: bytes and ETag belong together at every moment.
 */
import { createHash } from 'node:crypto'
import type { HeldBytes } from '../store/engagement-writer.ts'

const idBytes = 16

/** A name that is safe in a path and in a URL; the lengths keep `a`+`bc` from meeting `ab`+`c`. */
function shortHash(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.digest().subarray(0, idBytes).toString('base64url')
}

export function nameOf(tenant: string, { id, sha256 }: HeldBytes): string {
  return `${olderNameOf(tenant, id)}.${sha256}`
}

/** What bytes were called before they were named by themselves; folders of that time go on working. */
export function olderNameOf(tenant: string, recordingId: string): string {
  return `${shortHash([tenant])}/${shortHash([recordingId])}`
}

/** Of a recording, from where it came from alone: taking in the same again gives the same address. */
export function recordingIdOf(tenant: string, engagementId: string, name: string): string {
  return shortHash([tenant, engagementId, name])
}
