/** The media folder on disk: `recordings` under the data folder. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { HeldBytes, HeldRecording } from '../store/engagement-writer.ts'
import type { ByteRange } from './byte-range.ts'
import { filesIn, isMissing } from './files-in.ts'
import { copyHashed, hashFile } from './hash-file.ts'
import type { HeldMedia } from './held-media.ts'
import { draftOf, nameOf, olderNameOf, peaksEnding, recordingIdOf } from './media-names.ts'
import { sniffMediaType } from './media-type-of.ts'

export interface MediaFolder extends HeldMedia {
  /** The absolute path of a held recording's bytes. */
  pathOf(tenant: string, bytes: HeldBytes): string
}

export function openMediaFolder(dataDir: string): MediaFolder {
  const root = path.join(dataDir, 'recordings')
  /** Where the bytes were kept before files were named by them; such folders go on working. */
  const olderPathOf = (tenant: string, recordingId: string) =>
    path.join(root, olderNameOf(tenant, recordingId))
  const pathOf = (tenant: string, bytes: HeldBytes) => path.join(root, nameOf(tenant, bytes))
  const peaksPathOf = (tenant: string, bytes: HeldBytes) => pathOf(tenant, bytes) + peaksEnding

  const openFile = async (tenant: string, recording: HeldRecording): Promise<FileHandle> => {
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
  }

  const openBytes: HeldMedia['open'] = async (tenant, recording) => {
    const file = await openFile(tenant, recording)
    try {
      const { size } = await file.stat()
      return { size, read: (range) => readFile(file, range), close: () => file.close() }
    } catch (error) {
      await file.close()
      throw error
    }
  }

  return {
    pathOf,
    openFile,
    open: openBytes,
    openToRead: openBytes,
    async remove(tenant, bytes) {
      const file = pathOf(tenant, bytes)
      const there = await lstat(file).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
      await rm(there === undefined ? olderPathOf(tenant, bytes.id) : file, { force: true })
      await rm(peaksPathOf(tenant, bytes), { force: true })
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
    files: () => filesIn(root),
    idOf: recordingIdOf,
    async takeIn(tenant, engagementId, name, file, known) {
      const mediaType = known ?? (await sniffMediaType(file, name))
      const id = recordingIdOf(tenant, engagementId, name)
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
    async close() {},
  }
}

const chunkBytes = 64 * 1024

/**
 * Through one buffer that is filled anew once the reader has done with it. A stream would make a buffer for every chunk, and a
 * reader that stalls would leave the megabytes that its connection took before as garbage that nothing collects.
 */
async function* readFile(file: FileHandle, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, last - first + 1))
  for (let at = first; at <= last; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, last - at + 1), at)
    if (bytesRead === 0) throw new Error('a recording has become shorter while it was read')
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
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

async function holds(
  file: string,
  { size, sha256 }: Pick<HeldRecording, 'size' | 'sha256'>,
): Promise<boolean> {
  try {
    const there = await stat(file)
    return there.isFile() && there.size === size && (await hashFile(file)).sha256 === sha256
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
