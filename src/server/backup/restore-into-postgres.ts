/** Puts a backup into a PostgreSQL that is empty, after looking at every byte of it, and its recordings into a data folder. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { RecordingsPlace } from '../media/open-media.ts'
import type { PostgresSettings } from '../store/engine/postgres/settings.ts'
import type { HistoryTarget } from '../store/history/history.ts'
import { withKeysLess } from '../store/history/keys-less.ts'
import { type MoveProgress, moveHistory } from '../store/history/move-history.ts'
import { type Manifest, syncFolder } from './backup-folder.ts'
import { copyCheckedDatabase, copyCheckedRecordings, isMissing, readFitManifest } from './checked-copies.ts'

/** What is under way, beside what comes of it: either may be on a disk of its own. */
const draftName = 'restoring'

interface RestoreOptions {
  readonly database: PostgresSettings
  /** Others may have recordings in it already, and those of the backup may be among them. */
  readonly dataDir: string
  /** Where recordings are to be held. */
  readonly place: RecordingsPlace['kind']
  readonly progress: MoveProgress
  readonly signal: AbortSignal
}

/**
 * Until the recordings are in their place and both databases were compared, the database is marked as half moved.
 * @throws UnfitBackup, MoveRefusal: nothing of it stays then; MoveDifference
 */
export async function restoreIntoPostgres(
  from: string,
  { database, dataDir, place, progress, signal }: RestoreOptions,
): Promise<Manifest> {
  const manifest = await readFitManifest(from, place)
  const { openPostgresTarget } = await import('../store/engine/postgres/history.ts')
  const target = await openPostgresTarget(database)
  const draft = path.join(dataDir, draftName)
  const recordings = path.join(dataDir, 'recordings')
  const recordingsDraft = path.join(recordings, draftName)
  const clear = async () => {
    for (const folder of [draft, recordingsDraft]) await rm(folder, { recursive: true, force: true })
  }
  try {
    // Told before much is copied.
    await target.requireEmpty()
    await clear()
    await mkdir(draft, { recursive: true, mode: 0o700 })
    await copyCheckedDatabase(from, draft, manifest)
    await copyCheckedRecordings(from, recordingsDraft, manifest, { unlessIn: dataDir, signal })
    const finish = async () => {
      await placeAll(path.join(recordingsDraft, 'recordings'), recordings)
      await target.finish()
    }
    await moveInto({ ...target, finish }, draft, manifest, { progress, signal })
    return manifest
  } finally {
    await clear()
    await target.close()
  }
}

async function moveInto(
  target: HistoryTarget,
  draft: string,
  { shifts = [] }: Manifest,
  options: { readonly progress: MoveProgress; readonly signal: AbortSignal },
): Promise<void> {
  const { openSqliteSource } = await import('../store/engine/sqlite/history.ts')
  // One from an older version is brought to the present schema, which the backup itself is not.
  const source = await openSqliteSource(draft)
  try {
    const reader = await withKeysLess(source.reader, new Map(shifts.map(({ tenant, by }) => [tenant, by])))
    await moveHistory(reader, target, options)
  } finally {
    await source.close()
  }
}

/** What has a name here has the bytes that the name tells: what is there already is replaced by the same. */
async function placeAll(from: string, to: string): Promise<void> {
  const folders = await readdir(from).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  for (const folder of folders) {
    await mkdir(path.join(to, folder), { recursive: true, mode: 0o700 })
    for (const name of await readdir(path.join(from, folder)))
      await rename(path.join(from, folder, name), path.join(to, folder, name))
    await syncFolder(path.join(to, folder))
  }
  if (folders.length > 0) await syncFolder(to)
}
