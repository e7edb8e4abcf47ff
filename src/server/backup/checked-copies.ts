/** Copies of what a backup has, each compared with what `backup.json` and the database say of it. */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { copyHashed, type HashedBytes, hashFile } from '../media/hash-file.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import type { RecordingsPlace } from '../media/open-media.ts'
import { damageIn } from '../store/engine/sqlite/copy-database.ts'
import {
  databaseName,
  type Manifest,
  manifestName,
  readManifest,
  recordingsIn,
  syncFolder,
} from './backup-folder.ts'

/** It is not what was backed up, or there is no restoring it here; the message says why. */
export class UnfitBackup extends Error {}

const otherPlace = {
  bucket: 'The recordings of this backup are in a bucket: RECORDINGS_URL has to name it, or a copy of it',
  folder: 'The recordings of this backup are in it: restore it without RECORDINGS_URL',
} as const

/** @param place where recordings are to be held @throws UnfitBackup */
export async function readFitManifest(from: string, place: RecordingsPlace['kind']): Promise<Manifest> {
  const manifest = await readManifest(from)
  if (manifest === undefined)
    throw new UnfitBackup(`${from} is no backup: it has no ${manifestName} that can be read here`)
  if (manifest.recordings.in !== place) throw new UnfitBackup(otherPlace[manifest.recordings.in])
  return manifest
}

/** @throws UnfitBackup */
export async function copyCheckedDatabase(from: string, to: string, { database }: Manifest): Promise<void> {
  const file = path.join(to, databaseName)
  await copyAs(path.join(from, databaseName), file, database)
  const damage = damageIn(file)
  if (damage !== undefined) throw new UnfitBackup(`The database of the backup is damaged: ${damage}`)
}

interface CopyOptions {
  /** Data folder whose recordings need no copy where they are there already, byte for byte; absent: all of them do. */
  readonly unlessIn?: string
  readonly signal: AbortSignal
}

/** Of those that the database of the backup names. @param to data folder @throws UnfitBackup */
export async function copyCheckedRecordings(
  from: string,
  to: string,
  { recordings }: Manifest,
  { unlessIn, signal }: CopyOptions,
): Promise<void> {
  if (recordings.in === 'bucket') return
  const [source, target] = [openMediaFolder(from), openMediaFolder(to)]
  const there = unlessIn === undefined ? undefined : openMediaFolder(unlessIn)
  const folders = new Set<string>()
  let count = 0
  let missing = 0
  for (const recording of recordingsIn(path.join(from, databaseName))) {
    signal.throwIfAborted()
    if (there !== undefined && (await isAs(there.pathOf(recording.tenant, recording), recording))) {
      count++
      continue
    }
    const bytes = source.pathOf(recording.tenant, recording)
    const copy = target.pathOf(recording.tenant, recording)
    const folder = path.dirname(copy)
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 })
    folders.add(folder)
    if ((await copyAs(bytes, copy, recording, 'may be missing')) === 'missing') missing++
    else count++
  }
  for (const folder of folders) await syncFolder(folder)
  if (folders.size > 0) await syncFolder(path.join(to, 'recordings'))
  if (count !== recordings.count || missing !== recordings.missing)
    throw new UnfitBackup(
      `The backup has ${count} recordings and lacks ${missing}; when made it had ${recordings.count} and lacked ${recordings.missing}`,
    )
}

/** @throws UnfitBackup */
export async function copyAs(
  from: string,
  to: string,
  expected: HashedBytes,
  absent: 'may be missing' | 'must be there' = 'must be there',
): Promise<'copied' | 'missing'> {
  try {
    const { sha256, size } = await copyHashed(from, to)
    if (sha256 !== expected.sha256 || size !== expected.size)
      throw new UnfitBackup(`${from} has other bytes than were backed up`)
    return 'copied'
  } catch (error) {
    if (!isMissing(error)) throw error
    if (absent === 'must be there') throw new UnfitBackup(`${from} is missing`)
    await rm(to, { force: true })
    return 'missing'
  }
}

async function isAs(file: string, { sha256, size }: HashedBytes): Promise<boolean> {
  try {
    const there = await hashFile(file)
    return there.sha256 === sha256 && there.size === size
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
