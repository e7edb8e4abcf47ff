/** The recordings of an imported engagement: taken in where they are files of ours, kept where they are addresses. */
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { RecordingV1 } from '../../contract/model/recording.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import type { TakenIn } from '../media/commit-held.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { MediaFailure } from '../media/media-failure.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import type { Identified } from './read-row.ts'

export interface RecordingIntake {
  readonly tenant: string
  readonly media: HeldMedia
  /** Absolute path, links resolved; absent when no folder was given. */
  readonly folder: string | undefined
  findRecording(tenant: string, recordingId: string): Promise<HeldRecording | undefined>
}

/** A recording that cannot be taken in; the message names it and says why. */
export class UnusableRecording extends Error {}

/** @throws UnusableRecording; MediaFailure where no recording can be kept for now */
export async function takeRecordings(engagement: Identified, intake: RecordingIntake): Promise<TakenIn> {
  if (engagement.recordings === undefined || engagement.recordings.length === 0)
    return { engagement, held: [], known: [] }
  const held: HeldRecording[] = []
  const known: HeldRecording[] = []
  const recordings: RecordingV1[] = []
  for (const [index, recording] of engagement.recordings.entries()) {
    const taken = await takeOne(engagement.id, recording, `recordings[${index}].uri`, intake)
    if (taken === undefined) {
      recordings.push(recording)
      continue
    }
    held.push(taken.held)
    if (taken.known) known.push(taken.held)
    const uri = pathOf(routes.recording, { tenant: intake.tenant, recordingId: taken.held.id })
    recordings.push({ ...recording, uri, size: recording.size ?? taken.held.size })
  }
  return { engagement: { ...engagement, recordings }, held, known }
}

/** @returns undefined for an address that stays as it is */
async function takeOne(
  engagementId: string,
  { uri }: RecordingV1,
  field: string,
  { tenant, media, folder, findRecording }: RecordingIntake,
): Promise<{ readonly held: HeldRecording; readonly known: boolean } | undefined> {
  if (uri === undefined || /^https?:\/\//i.test(uri)) return undefined
  const refuse = (why: string) => new UnusableRecording(`${field}: ${JSON.stringify(uri)} ${why}`)
  if (/^[a-z][a-z0-9+.-]+:/i.test(uri))
    throw refuse('is an address of a kind that is not kept; expected https or a relative path')
  const own = ownRecordingId(uri, tenant)
  if (own !== undefined) {
    const held = await findRecording(tenant, own)
    if (held === undefined) throw refuse('is an address of ours, but no such recording is held')
    return { held, known: true }
  }
  if (folder === undefined) throw refuse('is a relative path; give --recordings with the folder it lies in')
  const file = await insideFolder(uri, folder)
  if (file === undefined) throw refuse('is not inside the folder given with --recordings')
  if (file === 'missing') throw refuse('is not there in the folder given with --recordings')
  try {
    return { held: await media.takeIn(tenant, engagementId, uri, file), known: false }
  } catch (error) {
    // Nothing is wrong with the row: the next ones would fare no better.
    if (error instanceof MediaFailure) throw error
    throw refuse(`cannot be taken in: ${error instanceof Error ? error.message : error}`)
  }
}

function ownRecordingId(uri: string, tenant: string): string | undefined {
  const prefix = pathOf(routes.recording, { tenant, recordingId: '' })
  const id = uri.startsWith(prefix) ? uri.slice(prefix.length) : ''
  return /^[A-Za-z0-9_-]+$/.test(id) ? id : undefined
}

/** The file's real path when both the path as written and what it leads to lie inside the folder. */
async function insideFolder(uri: string, folder: string): Promise<string | 'missing' | undefined> {
  if (uri === '' || uri.includes('\0') || path.isAbsolute(uri)) return undefined
  const written = path.resolve(folder, uri)
  if (!written.startsWith(folder + path.sep)) return undefined
  const real = await realpath(written).catch(() => undefined)
  if (real === undefined) return 'missing'
  return real.startsWith(folder + path.sep) ? real : undefined
}
