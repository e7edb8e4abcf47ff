/**
 * The media folder on disk: `recordings/<tenant>/<recording>` under the data folder. Both names are made from hashes, so no
 * tenant and no recording can name a path outside.
 */
import { createHash, randomBytes } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { HeldMedia } from './held-media.ts'
import { sniffMediaType } from './media-type-of.ts'

const idBytes = 16

export function openMediaFolder(dataDir: string): HeldMedia {
  const root = path.join(dataDir, 'recordings')
  const pathOf = (tenant: string, recordingId: string) =>
    path.join(root, shortHash([tenant]), shortHash([recordingId]))

  return {
    pathOf,
    open: (tenant, recordingId) => openInside(root, pathOf(tenant, recordingId)),
    async remove(tenant, recordingId) {
      await rm(pathOf(tenant, recordingId), { force: true })
    },
    async takeIn(tenant, engagementId, name, file) {
      const mediaType = await sniffMediaType(file, name)
      const id = shortHash([tenant, engagementId, name])
      const target = pathOf(tenant, id)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      const draft = `${target}.${process.pid}.${randomBytes(4).toString('hex')}`
      try {
        const { sha256, size } = await copyHashed(file, draft)
        if (await holds(target, size, sha256)) await rm(draft)
        // rename is atomic: readers see the old bytes or the new ones, whole.
        else await rename(draft, target)
        return { id, mediaType, size, sha256 }
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
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

async function holds(file: string, size: number, sha256: string): Promise<boolean> {
  const there = await stat(file).catch(() => undefined)
  if (there?.size !== size) return false
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex') === sha256
}
