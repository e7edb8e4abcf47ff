/** The files of the media folder, read a few at a time. */
import type { Dirent } from 'node:fs'
import { lstat, opendir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { LyingFile } from './held-media.ts'
import { isFolderName } from './media-names.ts'

/** Folders that are not ours, and links, are told by their own name and not followed. */
export async function* filesIn(root: string): AsyncGenerator<LyingFile> {
  for await (const entry of entriesOf(root)) {
    if (!entry.isDirectory() || !isFolderName(entry.name)) {
      yield* lying(root, entry.name, entry)
      continue
    }
    for await (const file of entriesOf(path.join(root, entry.name)))
      yield* lying(root, `${entry.name}/${file.name}`, file)
  }
}

/** One that is gone is no error. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** @returns nothing where it has gone meanwhile */
async function* lying(root: string, name: string, entry: Dirent): AsyncGenerator<LyingFile> {
  try {
    const { size, mtimeMs } = await lstat(path.join(root, name))
    // Tens of thousands are kept at a time: their paths are not.
    const remove = () => rm(path.join(root, name), { force: true })
    const told = entry.isDirectory() ? { name: `${name}/`, size: 0 } : { name, size }
    yield { ...told, writtenMs: mtimeMs, remove }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
