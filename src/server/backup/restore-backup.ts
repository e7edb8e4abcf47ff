/** Makes a data folder of a backup, after looking at every byte of it. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { RecordingsPlace } from '../media/open-media.ts'
import { databaseName, type Manifest, secretName, syncFolder } from './backup-folder.ts'
import {
  copyAs,
  copyCheckedDatabase,
  copyCheckedRecordings,
  readFitManifest,
  UnfitBackup,
} from './checked-copies.ts'

/** What is under way, in the data folder itself: that may be a disk of its own, onto which nothing can be renamed. */
const draftName = 'restoring'

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
  const manifest = await readFitManifest(from, place)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // What a restore left that was killed is nobody's.
  const others = (await readdir(dataDir)).filter((name) => name !== draftName)
  if (others.length > 0) throw new UnfitBackup(`${dataDir} is not empty: ${others.slice(0, 5).join(', ')}`)
  const draft = path.join(dataDir, draftName)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  try {
    const { secret } = manifest
    await copyCheckedDatabase(from, draft, manifest)
    if (secret !== undefined) await copyAs(path.join(from, secretName), path.join(draft, secretName), secret)
    await copyCheckedRecordings(from, draft, manifest, { signal })
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
