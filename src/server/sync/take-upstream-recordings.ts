/** The recordings of an upstream's engagement: ours where they are here or can be had, addresses of the upstream's where not. */
import type { RecordingV1 } from '../../contract/model/recording.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import type { Identified } from '../import/read-row.ts'
import { isThere, type TakenIn } from '../media/commit-held.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { mediaTypeOf } from '../media/media-type-of.ts'
import { SourceFailure } from '../source/source-failure.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { downloadRecording, MissingRecording } from './download-recording.ts'
import { type HalfFile, halfFile } from './half-files.ts'
import type { Problem } from './problems.ts'
import { NotAllowed, type UpstreamHistory } from './upstream-history.ts'

export interface RecordingTarget {
  readonly tenant: string
  readonly dataDir: string
  readonly media: HeldMedia
  readonly history: Pick<UpstreamHistory, 'openRecording' | 'patiently' | 'addressOf'>
  /** Whether those that are not here are downloaded. */
  readonly wanted: boolean
  findRecording(tenant: string, recordingId: string): Promise<HeldRecording | undefined>
  readonly signal: AbortSignal
  readonly received: (bytes: number) => void
}

export interface TakenEngagement extends TakenIn {
  readonly missing: readonly Problem[]
  /** What has been downloaded for it; to be called once it is written. */
  readonly downloads: readonly HalfFile[]
}

export type TakeRecordings = (engagement: Identified) => Promise<TakenEngagement>

/** So many in a row that a host did not give, and it is asked for no more of them. */
const patienceWithHost = 3

/** One instance a round. */
export function createTakeRecordings(target: RecordingTarget): TakeRecordings {
  const failedInRow = new Map<string, number>()
  return async (engagement) => {
    const { recordings = [] } = engagement
    const held: HeldRecording[] = []
    const known: HeldRecording[] = []
    const lost: HeldRecording[] = []
    const missing: Problem[] = []
    const downloads: HalfFile[] = []
    const written: RecordingV1[] = []
    for (const [index, recording] of recordings.entries()) {
      const { uri } = recording
      if (uri === undefined) {
        written.push(recording)
        continue
      }
      const taken = await takeOne(target, failedInRow, engagement, recording, uri)
      if (taken.half !== undefined) downloads.push(taken.half)
      if (taken.missing !== undefined)
        missing.push({ engagement: engagement.id, field: `recordings[${index}].uri`, why: taken.missing })
      if (taken.held === undefined) written.push({ ...recording, uri: target.history.addressOf(uri) })
      else {
        held.push(taken.held)
        if (taken.half === undefined) known.push(taken.held)
        if (taken.lost) lost.push(taken.held)
        const ours = pathOf(routes.recording, { tenant: target.tenant, recordingId: taken.held.id })
        written.push({ ...recording, uri: ours, size: recording.size ?? taken.held.size })
      }
    }
    const whole = engagement.recordings === undefined ? engagement : { ...engagement, recordings: written }
    return { engagement: whole, held, known, lost, missing, downloads }
  }
}

interface Taken {
  readonly held?: HeldRecording
  /** From which it was taken in just now; without it a row names it already. */
  readonly half?: HalfFile
  /** Its row is here, and its bytes are not. */
  readonly lost?: boolean
  readonly missing?: string
}

async function takeOne(
  { tenant, dataDir, media, history, wanted, findRecording, signal, received }: RecordingTarget,
  failedInRow: Map<string, number>,
  engagement: Identified,
  recording: RecordingV1,
  uri: string,
): Promise<Taken> {
  const name = nameOf(recording, engagement.recordings ?? [], uri)
  const id = media.idOf(tenant, engagement.id, name)
  const known = await findRecording(tenant, id)
  if (!wanted) return known === undefined ? {} : { held: known }
  const asTold = recording.size === undefined || known?.size === recording.size
  const half = halfFile(dataDir, id)
  const there = known !== undefined && (await isThere(media, tenant, known))
  const here = known && { held: known, lost: !there }
  if (known !== undefined && asTold && there) {
    // It is left where the process ended right after the row was written.
    await half.remove()
    return { held: known }
  }

  const address = history.addressOf(uri)
  const host = URL.parse(address)?.host
  if (host === undefined) return { ...here, missing: `${JSON.stringify(uri)} is no address` }
  const failures = failedInRow.get(host) ?? 0
  if (failures >= patienceWithHost)
    return { ...here, missing: `was not asked for, after ${host} did not give ${failures} others` }
  try {
    const { mediaType } = await downloadRecording(history, address, half, {
      told: recording.size,
      signal,
      received,
    })
    failedInRow.delete(host)
    const known = await mediaTypeOf(half.path, mediaType)
    if (known === undefined) {
      await half.remove()
      return { ...here, missing: `is ${mediaType} that we cannot serve` }
    }
    return { held: await media.takeIn(tenant, engagement.id, name, half.path, known), half }
  } catch (error) {
    if (error instanceof MissingRecording || error instanceof NotAllowed)
      return { ...here, missing: error.message }
    if (!(error instanceof SourceFailure)) throw error
    failedInRow.set(host, failures + 1)
    return { ...here, missing: `could not be had: ${error.message}` }
  }
}

/**
 * By which a recording is known again. Addresses may be signed anew each time they are told, so that its user and moment
 * come first, where no other one has the same.
 */
function nameOf({ user, created }: RecordingV1, all: readonly RecordingV1[], uri: string): string {
  const same = all.filter((one) => one.user === user && one.created === created)
  return user !== undefined && created !== undefined && same.length === 1 ? `${created} ${user}` : uri
}
