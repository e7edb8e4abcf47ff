/** How loud held recordings are: measured when somebody first asks, once, and kept beside their bytes. */
import { bucketsPerSecond, type PeaksV1 } from '../../../contract/model/peaks.ts'
import type { HeldRecording } from '../../store/engagement-writer.ts'
import type { Turns } from '../../workers/turns.ts'
import type { HeldMedia } from '../held-media.ts'
import { measureApart } from './measure-apart.ts'

/** Another one whenever the same bytes would give another result: what older versions kept is then measured anew. */
export const peaksVersion = 1

export type HeldPeaks =
  | { readonly kind: 'peaks'; readonly peaks: PeaksV1 }
  | { readonly kind: 'undecodable'; readonly why: string }

interface Kept {
  readonly version: number
  readonly result: HeldPeaks
}

/**
 * @param turns at measuring, with whoever measures the same recordings besides
 * @param notKept told why a result could not be kept; it is answered all the same
 * @returns asks for one recording's; what cannot be measured is known as long as its bytes are the same.
 *   It throws when the bytes are gone or unreadable.
 */
export function createHeldPeaks(
  media: HeldMedia,
  turns: Turns,
  notKept: (error: unknown) => void,
): (tenant: string, recording: HeldRecording) => Promise<HeldPeaks> {
  const underway = new Map<string, Promise<HeldPeaks>>()

  const measure = async (tenant: string, recording: HeldRecording): Promise<HeldPeaks> => {
    const file = await media.openFile(tenant, recording)
    try {
      const measured = await measureApart(file)
      const result: HeldPeaks =
        measured.kind === 'undecodable'
          ? measured
          : {
              kind: 'peaks',
              peaks: { bucketsPerSecond, levels: Buffer.from(measured.levels).toString('base64') },
            }
      const kept: Kept = { version: peaksVersion, result }
      await media.keepPeaks(tenant, recording, JSON.stringify(kept)).catch(notKept)
      return result
    } finally {
      await file.close()
    }
  }
  const find = async (tenant: string, recording: HeldRecording, key: string): Promise<HeldPeaks> => {
    const kept = readKept(await media.keptPeaks(tenant, recording))
    if (kept !== undefined) return kept
    const leave = await turns.take(key)
    try {
      // Another process may have measured it meanwhile.
      return readKept(await media.keptPeaks(tenant, recording)) ?? (await measure(tenant, recording))
    } finally {
      leave()
    }
  }

  return (tenant, recording) => {
    const key = JSON.stringify([tenant, recording.id, recording.sha256])
    const found = underway.get(key) ?? find(tenant, recording, key).finally(() => underway.delete(key))
    underway.set(key, found)
    return found
  }
}

/** A text that is damaged, or of another version, is none. */
function readKept(text: string | undefined): HeldPeaks | undefined {
  if (text === undefined) return undefined
  try {
    const kept: Kept = JSON.parse(text)
    return kept.version === peaksVersion ? kept.result : undefined
  } catch {
    return undefined
  }
}
