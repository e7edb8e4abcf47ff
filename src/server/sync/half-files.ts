/**
 * Recordings on their way: `sync/<recording>.half` in the data folder, beside it what the bytes are of. They outlive the
 * process, so that the next one goes on where it ended, and not for ever.
 */
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import * as z from 'zod/mini'
import type { EpochMs } from '../../contract/query/instant.ts'

const noted = z.object({ place: z.string(), etag: z.string(), mediaType: z.string() })

/** What the bytes of a half file are of. Without a strong ETag none could be told from another. */
export type Noted = Readonly<z.infer<typeof noted>>

export interface HalfFile {
  readonly path: string
  /** Bytes that are there, of what was noted; none: there is nothing to go on from. */
  begun(place: string): Promise<{ readonly bytes: number; readonly of: Noted } | undefined>
  /** Empties it, for bytes that may be gone on with later, or may not. */
  begin(of: Noted | undefined): Promise<void>
  /** @param received told of bytes once they are there @throws what the source does, when it breaks off */
  append(source: Readable, received: (bytes: number) => void): Promise<void>
  bytes(): Promise<number>
  remove(): Promise<void>
}

const ending = '.half'

export function halfFile(dataDir: string, recordingId: string): HalfFile {
  const folder = path.join(dataDir, 'sync')
  const file = path.join(folder, `${recordingId}${ending}`)
  const note = path.join(folder, `${recordingId}.json`)
  const bytes = async () => (await stat(file).catch(() => undefined))?.size ?? 0
  return {
    path: file,
    bytes,
    async begun(place) {
      const text = await readFile(note, 'utf8').catch(() => '')
      const read = noted.safeParse(parsed(text))
      const there = await bytes()
      return read.success && read.data.place === place && there > 0
        ? { bytes: there, of: read.data }
        : undefined
    },
    async begin(of) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // In this order: a note never stands beside bytes of something else.
      await rm(note, { force: true })
      await writeFile(file, '', { mode: 0o600 })
      if (of !== undefined) await writeFile(note, JSON.stringify(of), { mode: 0o600 })
    },
    async append(source, received) {
      const target = await open(file, 'a', 0o600)
      try {
        for await (const chunk of source) {
          await target.writeFile(chunk)
          received(chunk.length)
        }
      } finally {
        await target.close()
      }
    },
    async remove() {
      await rm(note, { force: true })
      await rm(file, { force: true })
    },
  }
}

/** Removes those to which nothing has come since a moment: nobody asks for them any more, or their host gives nothing. */
export async function removeStaleHalves(dataDir: string, sinceMs: EpochMs): Promise<void> {
  for (const name of await readdir(path.join(dataDir, 'sync'))) {
    if (!name.endsWith(ending)) continue
    const half = halfFile(dataDir, name.slice(0, -ending.length))
    if ((await stat(half.path)).mtimeMs < sinceMs) await half.remove()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Killed while it was written.
    return undefined
  }
}
