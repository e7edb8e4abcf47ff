/** Whether the files of all recordings that the store knows are there, each of the size that is told of it. */
import type { KeptRecording } from '../store/check/store-check.ts'
import type { HeldMedia } from './held-media.ts'
import { severalAtOnce } from './several-at-once.ts'

const mostTold = 20

/** @returns what is wrong, in words; of very many the first and their number */
export async function checkRecordings(
  recordings: AsyncIterable<KeptRecording>,
  media: HeldMedia,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const told: string[] = []
  let more = 0
  const look = async (recording: KeptRecording) => {
    const wrong = await whatIsWrong(recording, media)
    if (wrong === undefined) return
    if (told.length < mostTold) told.push(`${recording.tenant}: recording ${recording.id} ${wrong}`)
    else more++
  }
  await severalAtOnce(recordings, look, signal)
  return more === 0 ? told : [...told, `and ${more} more recordings`]
}

async function whatIsWrong(recording: KeptRecording, media: HeldMedia): Promise<string | undefined> {
  if (!recording.placed) return 'is of no engagement that is there'
  try {
    const { size, close } = await media.open(recording.tenant, recording)
    await close()
    return size === recording.size ? undefined : `has ${size} bytes, ${recording.size} are told of it`
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}
