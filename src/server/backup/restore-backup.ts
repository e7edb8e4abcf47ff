/** Makes a data folder of a backup, after looking at every byte of it. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { copyHashed, type HashedBytes } from '../media/hash-file.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import type { RecordingsPlace } from '../media/open-media.ts'
import { damageIn } from '../store/engine/sqlite/copy-database.ts'
import {
  databaseName,
  type Manifest,
  manifestName,
  readManifest,
  recordingsIn,
  secretName,
  syncFolder,
} from './backup-folder.ts'

/** It is not what was backed up, or there is no restoring it here; the message says why. */
export class UnfitBackup extends Error {}

/** What is under way, in the data folder itself: that may be a disk of its own, onto which nothing can be renamed. */
const draftName = 'restoring'

const otherPlace = {
  bucket: 'The recordings of this backup are in a bucket: RECORDINGS_URL has to name it, or a copy of it',
  folder: 'The recordings of this backup are in it: restore it without RECORDINGS_URL',
} as const

/**
 * The database comes last, so that a data folder which has one is whole.
 * @param place where recordings are to be held
 * @throws UnfitBackup; nothing of it stays then
 */
export async function restoreBackup(
  from: string,
  dataDir: string,
  place: RecordingsPlace['kind'],
  signal: AbortSignal,
): Promise<Manifest> {
  const manifest = await readManifest(from)
  if (manifest === undefined)
    throw new UnfitBackup(`${from} is no backup: it has no ${manifestName} that can be read here`)
  if (manifest.recordings.in !== place) throw new UnfitBackup(otherPlace[manifest.recordings.in])
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // What a restore left that was killed is nobody's.
  const others = (await readdir(dataDir)).filter((name) => name !== draftName)
  if (others.length > 0) throw new UnfitBackup(`${dataDir} is not empty: ${others.slice(0, 5).join(', ')}`)
  const draft = path.join(dataDir, draftName)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  try {
    await copyChecked(from, draft, manifest, signal)
    const last = ['recordings', secretName, databaseName]
    const made = new Set(await readdir(draft))
    for (const name of last.filter((one) => made.has(one)))
      await rename(path.join(draft, name), path.join(dataDir, name))
    await syncFolder(dataDir)
    return manifest
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function copyChecked(
  from: string,
  draft: string,
  { database, recordings, secret }: Manifest,
  signal: AbortSignal,
): Promise<void> {
  const file = path.join(draft, databaseName)
  await copyAs(path.join(from, databaseName), file, database)
  const damage = damageIn(file)
  if (damage !== undefined) throw new UnfitBackup(`The database of the backup is damaged: ${damage}`)
  if (secret !== undefined) await copyAs(path.join(from, secretName), path.join(draft, secretName), secret)
  if (recordings.in === 'bucket') return
  const [source, target] = [openMediaFolder(from), openMediaFolder(draft)]
  const folders = new Set<string>()
  let count = 0
  let missing = 0
  for (const recording of recordingsIn(file)) {
    signal.throwIfAborted()
    const bytes = source.pathOf(recording.tenant, recording)
    const to = target.pathOf(recording.tenant, recording)
    const folder = path.dirname(to)
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 })
    folders.add(folder)
    if ((await copyAs(bytes, to, recording, 'may be missing')) === 'missing') missing++
    else count++
  }
  for (const folder of folders) await syncFolder(folder)
  if (folders.size > 0) await syncFolder(path.join(draft, 'recordings'))
  if (count !== recordings.count || missing !== recordings.missing)
    throw new UnfitBackup(
      `The backup has ${count} recordings and lacks ${missing}; when made it had ${recordings.count} and lacked ${recordings.missing}`,
    )
}

async function copyAs(
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
    const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!gone) throw error
    if (absent === 'must be there') throw new UnfitBackup(`${from} is missing`)
    await rm(to, { force: true })
    return 'missing'
  }
}
