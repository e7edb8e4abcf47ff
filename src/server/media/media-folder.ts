/**
 * The media folder on disk: `recordings/<tenant>/<recording>.<SHA-256 of the bytes>` under the data folder. All names are
 * made from hashes, so no tenant and no recording can name a path outside, and a file never changes: bytes and ETag belong
 * together at every moment.
 */
import { createHash, randomBytes } from 'node:crypto'
import { constants, createReadStream, lstatSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { HeldBytes, HeldRecording } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'
import { sniffMediaType } from './media-type-of.ts'

const idBytes = 16

export function openMediaFolder(dataDir: string): HeldMedia {
  const root = path.join(dataDir, 'recordings')
  /** Where the bytes were kept before files were named by them; such folders go on working. */
  const olderPathOf = (tenant: string, recordingId: string) =>
    path.join(root, shortHash([tenant]), shortHash([recordingId]))
  const pathOf = (tenant: string, { id, sha256 }: HeldBytes) => `${olderPathOf(tenant, id)}.${sha256}`
  const peaksPathOf = (tenant: string, bytes: HeldBytes) => `${pathOf(tenant, bytes)}.peaks`

  return {
    pathOf,
    async open(tenant, recording) {
      const file = pathOf(tenant, recording)
      try {
        return await openInside(root, file)
      } catch (error) {
        if (!isMissing(error)) throw error
        const older = olderPathOf(tenant, recording.id)
        // Whoever asks at the same time may be first: then it is there by now.
        if (await holds(older, recording)) await rename(older, file).catch(() => undefined)
        return openInside(root, file)
      }
    },
    remove(tenant, bytes) {
      const file = pathOf(tenant, bytes)
      const there = lstatSync(file, { throwIfNoEntry: false }) !== undefined
      rmSync(there ? file : olderPathOf(tenant, bytes.id), { force: true })
      rmSync(peaksPathOf(tenant, bytes), { force: true })
    },
    async keptPeaks(tenant, bytes) {
      const file = await openInside(root, peaksPathOf(tenant, bytes)).catch(() => undefined)
      if (file === undefined) return undefined
      try {
        return await file.readFile('utf8')
      } finally {
        await file.close()
      }
    },
    async keepPeaks(tenant, bytes, text) {
      const target = peaksPathOf(tenant, bytes)
      const draft = draftOf(target)
      try {
        await writeFile(draft, text, { flag: 'wx', mode: 0o600 })
        await rename(draft, target)
      } finally {
        await rm(draft, { force: true })
      }
      // A removal in between took the bytes first: of what is removed nothing stays.
      const there = await stat(pathOf(tenant, bytes)).catch(() => undefined)
      if (there === undefined) await rm(target, { force: true })
    },
    idOf: (...parts) => shortHash(parts),
    async takeIn(tenant, engagementId, name, file, known) {
      const mediaType = known ?? (await sniffMediaType(file, name))
      const id = shortHash([tenant, engagementId, name])
      const older = olderPathOf(tenant, id)
      await mkdir(path.dirname(older), { recursive: true, mode: 0o700 })
      const draft = draftOf(older)
      try {
        const { sha256, size } = await copyHashed(file, draft)
        // rename is atomic: readers see the bytes whole or not at all.
        await rename(draft, pathOf(tenant, { id, sha256 }))
        if (await holds(older, { sha256, size })) await rm(older, { force: true })
        return { id, mediaType, size, sha256 }
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

function draftOf(target: string): string {
  return `${target}.${process.pid}.${randomBytes(4).toString('hex')}`
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Where nobody waits for the other end of a pipe; links are looked for by name, for hosts that lack the flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** The root itself may be a link, such as to a larger disk; what is in it may not. */
async function openInside(root: string, file: string): Promise<FileHandle> {
  const real = path.join(await realpath(root), path.relative(root, file))
  if ((await realpath(file)) !== real) throw new Error(`${file} leads elsewhere`)
  const handle = await open(real, openFlags)
  try {
    if (!(await handle.stat()).isFile()) throw new Error(`${file} is no plain file`)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** A name that is safe in a path and in a URL; the lengths keep `a`+`bc` from meeting `ab`+`c`. */
function shortHash(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.digest().subarray(0, idBytes).toString('base64url')
}

async function copyHashed(from: string, to: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  const target = await open(to, 'wx', 0o600)
  try {
    for await (const chunk of createReadStream(from)) {
      hash.update(chunk)
      size += chunk.length
      await target.writeFile(chunk)
    }
    await target.sync()
  } finally {
    await target.close()
  }
  return { sha256: hash.digest('hex'), size }
}

async function holds(
  file: string,
  { size, sha256 }: Pick<HeldRecording, 'size' | 'sha256'>,
): Promise<boolean> {
  try {
    const there = await stat(file)
    if (!there.isFile() || there.size !== size) return false
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex') === sha256
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
