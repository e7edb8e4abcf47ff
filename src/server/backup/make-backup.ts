/** Backs database and recordings up while servers and imports are at work in them. */
import { randomBytes } from 'node:crypto'
import { access, link, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { copyHashed, hashFile } from '../media/hash-file.ts'
import { type MediaFolder, openMediaFolder } from '../media/media-folder.ts'
import type { RecordingsPlace } from '../media/open-media.ts'
import type { BackedDatabase } from './backed-database.ts'
import {
  databaseName,
  type Manifest,
  type NamedRecording,
  recordingsIn,
  secretName,
  syncFolder,
  writeManifest,
} from './backup-folder.ts'

export interface BackupOptions {
  readonly database: BackedDatabase
  /** Of the recordings, where no bucket has them, and of the session secret. */
  readonly dataDir: string
  readonly recordings: RecordingsPlace
  /** Absolute path of a folder that is not there yet, in one that is. */
  readonly to: string
  readonly secret: 'kept out' | 'taken along'
  /** `linked`: where that can be, else copied. */
  readonly bytes: 'linked' | 'copied'
  /** Told of each recording that the database names and whose bytes are not there as it says. */
  readonly missing: (recording: NamedRecording, why: string) => void
  readonly signal: AbortSignal
}

/** It cannot be made there, or from that; the message says why. */
export class BackupRefusal extends Error {}

/**
 * It appears under its name whole, on the disk, or not at all. Recordings may be links to the same bytes where the disk is the
 * same, since these never change; copies are compared with their hash. Until they are made, removed recordings stay.
 * @throws BackupRefusal; when anything cannot be written, or at the signal; nothing is left of it then
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest['recordings']> {
  const { database, to } = options
  await checkPlace(options)
  const draft = `${to}.partial-${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(draft, { mode: 0o700 })
  let release: (() => void | Promise<void>) | undefined
  try {
    // From before the database's moment on, so that what it names then is there to be copied.
    release = await database.holdFiles()
    const recordings = await fill(draft, options)
    await syncFolder(draft)
    await rename(draft, to)
    await syncFolder(path.dirname(to))
    return recordings
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await release?.()
  }
}

async function fill(draft: string, options: BackupOptions): Promise<Manifest['recordings']> {
  const { dataDir, recordings: place, secret, signal } = options
  const shifts = [...(await options.database.copyInto(draft, signal))]
  signal.throwIfAborted()
  const recordings =
    place.kind === 'bucket'
      ? { in: place.kind, url: `s3://${place.bucket}/${place.prefix}` }
      : await copyRecordings(draft, options)
  await writeManifest(draft, {
    madeAt: new Date().toISOString(),
    database: await hashFile(path.join(draft, databaseName)),
    recordings,
    shifts: shifts.map(([tenant, by]) => ({ tenant, by })).filter(({ by }) => by > 0),
    ...(secret === 'taken along' && {
      secret: await copyHashed(path.join(dataDir, secretName), path.join(draft, secretName)),
    }),
  })
  return recordings
}

async function copyRecordings(
  draft: string,
  { dataDir, bytes, missing: tellMissing, signal }: BackupOptions,
): Promise<Manifest['recordings']> {
  const [from, to] = [openMediaFolder(dataDir), openMediaFolder(draft)]
  const folders = new Set<string>()
  const counts = { count: 0, bytes: 0, missing: 0 }
  for (const recording of recordingsIn(path.join(draft, databaseName))) {
    signal.throwIfAborted()
    const why = await whyMissing(from, recording)
    if (why !== undefined) {
      tellMissing(recording, why)
      counts.missing++
      continue
    }
    const target = to.pathOf(recording.tenant, recording)
    const folder = path.dirname(target)
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 })
    folders.add(folder)
    const source = from.pathOf(recording.tenant, recording)
    if ((bytes === 'linked' && (await linked(source, target))) || (await copied(source, target, recording))) {
      counts.count++
      counts.bytes += recording.size
    } else {
      tellMissing(recording, 'has other bytes than it should')
      counts.missing++
    }
  }
  for (const folder of folders) await syncFolder(folder)
  if (folders.size > 0) await syncFolder(path.join(draft, 'recordings'))
  return { in: 'folder', ...counts }
}

async function whyMissing(media: MediaFolder, recording: NamedRecording): Promise<string | undefined> {
  try {
    const file = await media.openFile(recording.tenant, recording)
    const { size } = await file.stat().finally(() => file.close())
    return size === recording.size ? undefined : `has ${size} bytes, not ${recording.size}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** @returns false on another disk, on a file system without links, or where there are more of them than there may be */
function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    () => false,
  )
}

/** @returns false where the bytes turned out to be others; nothing is there then */
async function copied(from: string, to: string, { sha256 }: NamedRecording): Promise<boolean> {
  if ((await copyHashed(from, to)).sha256 === sha256) return true
  await rm(to)
  return false
}

async function checkPlace({ database, dataDir, to, secret }: BackupOptions): Promise<void> {
  const there = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    )
  const none = await database.whyNone()
  if (none !== undefined) throw new BackupRefusal(none)
  if (secret === 'taken along' && !(await there(path.join(dataDir, secretName))))
    throw new BackupRefusal(`There is no session secret in ${dataDir}`)
  if (await there(to)) throw new BackupRefusal(`${to} is there already`)
  if (!(await there(path.dirname(to)))) throw new BackupRefusal(`There is no folder ${path.dirname(to)}`)
}
