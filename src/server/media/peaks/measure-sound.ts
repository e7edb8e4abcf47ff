/** Reads a recording from its beginning to its end and measures it, in a memory that does not grow with the recording. */
import {
  AudioSampleSink,
  CustomSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  UnsupportedInputFormatError,
  WAVE,
  WEBM,
} from 'mediabunny'
import { PeakMeter } from '../../../contract/model/peak-meter.ts'
import { registerSoundDecoders } from './sound-decoders.ts'

export type Measured =
  | { readonly kind: 'levels'; readonly levels: Uint8Array<ArrayBuffer> }
  /** @param why in words, for whoever asked */
  | { readonly kind: 'undecodable'; readonly why: string }

export interface ReadableBytes {
  readonly size: number
  /** @throws when the bytes cannot be read */
  read(first: number, end: number): Uint8Array
}

/** Named one by one: a playlist would name other files, and addresses, to read. */
const formats = [WEBM, MATROSKA, MP4, QTFF, MP3, WAVE, OGG, FLAC]

registerSoundDecoders()

/**
 * Sound that breaks off is measured up to there, as far as a player plays it.
 * @throws what `read` threw
 */
export async function measureSound(bytes: ReadableBytes): Promise<Measured> {
  let failure: { readonly error: unknown } | undefined
  const source = new CustomSource({
    getSize: () => bytes.size,
    read(first, end) {
      try {
        return bytes.read(first, end)
      } catch (error) {
        failure = { error }
        throw error
      }
    },
    prefetchProfile: 'fileSystem',
    handleUnhandledError: () => {},
  })
  const meter = new PeakMeter()
  using input = new Input({ source, formats })
  const why = await measure(input, meter).catch((error: unknown) => {
    if (failure !== undefined) throw failure.error
    return reasonOf(error)
  })
  if (meter.buckets > 0) return { kind: 'levels', levels: meter.levels() }
  return { kind: 'undecodable', why: why ?? 'There is no sound in it.' }
}

/** @returns why there is nothing to measure, where it is known beforehand */
async function measure(input: Input, meter: PeakMeter): Promise<string | undefined> {
  const track = await input.getPrimaryAudioTrack()
  if (track === null) return 'There is no sound in it.'
  const codec = await track.getCodec()
  if (!(await track.canDecode())) return `Sound of the kind ${codec ?? 'it has'} is not decoded here.`
  for await (const sample of new AudioSampleSink(track).samples()) {
    using heard = sample
    meter.addSound(heard)
  }
  return undefined
}

function reasonOf(error: unknown): string {
  return error instanceof UnsupportedInputFormatError
    ? 'Its bytes are not those of a recording.'
    : 'Its bytes are damaged.'
}
