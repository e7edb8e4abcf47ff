/**
 * What the bytes of a recording are called, in a folder and in a bucket alike: `<tenant>/<recording>.<SHA-256 of the bytes>`.
 * All names are made from hashes, so no tenant and no recording can name a place outside, and what lies under a name never
 * changes: bytes and ETag belong together at every moment.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { HeldBytes } from '../store/engagement-writer.ts'

const idBytes = 16

/** A name that is safe in a path and in a URL; the lengths keep `a`+`bc` from meeting `ab`+`c`. */
function shortHash(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.digest().subarray(0, idBytes).toString('base64url')
}

export function nameOf(tenant: string, bytes: HeldBytes): string {
  return namesOf(tenant, bytes)[0]
}

/** What bytes were called before they were named by themselves; folders of that time go on working. */
export function olderNameOf(tenant: string, recordingId: string): string {
  return `${folderOf(tenant)}/${shortHash([recordingId])}`
}

/** All names under which these bytes may lie. */
export function namesOf(tenant: string, { id, sha256 }: HeldBytes): readonly [now: string, older: string] {
  const older = olderNameOf(tenant, id)
  return [`${older}.${sha256}`, older]
}

/** The folder in which a tenant's recordings are. */
export function folderOf(tenant: string): string {
  return shortHash([tenant])
}

/** What is kept of how loud these bytes are. */
export const peaksEnding = '.peaks'

/** While it is being written; a process that is killed leaves it. */
export function draftOf(target: string): string {
  return `${target}.${process.pid}.${randomBytes(4).toString('hex')}`
}

const folderForm = /^[\w-]{22}$/
const nameForm = /^(([\w-]{22})\/[\w-]{22}(?:\.([0-9a-f]{64}))?)(?:\.peaks)?(\.\d+\.[0-9a-f]{8})?$/

export function isFolderName(name: string): boolean {
  return folderForm.test(name)
}

interface ReadName {
  /** As `folderOf` has it. */
  readonly folder: string
  /** The name of the bytes that the file is, or that it lies beside; a draft's is its own. */
  readonly of: string
  /** Of the bytes; undefined: a draft, or from before files were named by their bytes. */
  readonly sha256: string | undefined
  readonly draft: boolean
}

/** @returns undefined: nothing of ours has such a name */
export function readName(name: string): ReadName | undefined {
  const [, bytesName, folder, sha256, draft] = nameForm.exec(name) ?? []
  if (bytesName === undefined || folder === undefined) return undefined
  return draft === undefined
    ? { folder, of: bytesName, sha256, draft: false }
    : { folder, of: name, sha256: undefined, draft: true }
}

/** Of a recording, from where it came from alone: taking in the same again gives the same address. */
export function recordingIdOf(tenant: string, engagementId: string, name: string): string {
  return shortHash([tenant, engagementId, name])
}
