/**
 * Decoders for what Node cannot decode itself, as WebAssembly that is part of its packages: Opus, MP3 and FLAC. PCM and
 * G.711 need none. AAC and Vorbis are not decoded here; browsers do.
 */
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { AudioSample, CustomAudioDecoder, type EncodedPacket, registerDecoder } from 'mediabunny'
import { MPEGDecoder } from 'mpg123-decoder'
import { OpusDecoder } from 'opus-decoder'

interface Decoded {
  readonly channelData: readonly Float32Array[]
  readonly samplesDecoded: number
  readonly sampleRate: number
}

/** What an Opus encoder adds before the beginning: said in its header (RFC 7845, section 5.1), counted at 48 kHz. */
function opusDelaySeconds(description: AudioDecoderConfig['description']): number {
  if (description === undefined) return 0
  const header = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description)
  return header.byteLength < 12 ? 0 : header.getUint16(10, true) / 48_000
}

interface SoundDecoder {
  readonly ready: Promise<void>
  decode(frame: Uint8Array): Decoded | Promise<Decoded>
  free(): void
}

type MakeDecoder = (channels: number) => SoundDecoder

const makers: Readonly<Record<string, MakeDecoder>> = {
  opus: (channels) => {
    const decoder = new OpusDecoder({ channels })
    return { ready: decoder.ready, decode: (frame) => decoder.decodeFrame(frame), free: () => decoder.free() }
  },
  mp3: () => {
    // What an encoder added at both ends is sound as well to a player that seeks.
    const decoder = new MPEGDecoder({ enableGapless: false })
    return { ready: decoder.ready, decode: (frame) => decoder.decodeFrame(frame), free: () => decoder.free() }
  },
  flac: () => {
    const decoder = new FLACDecoder()
    return {
      ready: decoder.ready,
      decode: (frame) => decoder.decodeFrames([frame]),
      free: () => decoder.free(),
    }
  },
}

class WasmDecoder extends CustomAudioDecoder {
  #decoder: SoundDecoder | undefined
  /** What is decoded is heard so much earlier; some containers have moved their times already. */
  #delaySeconds: number | undefined

  static override supports(codec: string, { numberOfChannels }: { numberOfChannels: number }): boolean {
    // Opus of more channels is several streams, whose order the decoder would have to be told.
    return Object.hasOwn(makers, codec) && numberOfChannels <= 2
  }

  async init(): Promise<void> {
    this.#decoder = makers[this.codec]?.(this.config.numberOfChannels)
    await this.#decoder?.ready
  }

  async decode({ data, timestamp }: EncodedPacket): Promise<void> {
    this.#delaySeconds ??=
      this.codec === 'opus' && timestamp >= 0 ? opusDelaySeconds(this.config.description) : 0
    const decoded = await this.#decoder?.decode(data)
    // A packet that is damaged, or is only the beginning of what the next ones hold.
    if (decoded === undefined || decoded.samplesDecoded === 0) return
    const { channelData, samplesDecoded, sampleRate } = decoded
    const planes = new Float32Array(channelData.length * samplesDecoded)
    channelData.forEach((channel, index) => {
      planes.set(channel.subarray(0, samplesDecoded), index * samplesDecoded)
    })
    this.onSample(
      new AudioSample({
        data: planes,
        format: 'f32-planar',
        numberOfChannels: channelData.length,
        sampleRate,
        timestamp: timestamp - this.#delaySeconds,
      }),
    )
  }

  flush(): void {}

  close(): void {
    this.#decoder?.free()
  }
}

export function registerSoundDecoders(): void {
  registerDecoder(WasmDecoder)
}
