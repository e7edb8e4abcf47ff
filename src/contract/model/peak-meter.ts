/** Measures decoded sound: the loudest sample of all channels in each bucket. The same in a browser and on the server. */
import { bucketsPerSecond, levelOf } from './peaks.ts'

/** Whatever a file says of its times, no more memory than this is taken for them. */
const longestSeconds = 24 * 3600
const firstBuckets = 1024
/** Times are seconds in floating point: what is this near to the next bucket is in it. */
const nearly = 1e-6

/** A stretch of decoded sound, as decoders give it. */
export interface DecodedSound {
  readonly numberOfFrames: number
  readonly numberOfChannels: number
  /** Hertz. */
  readonly sampleRate: number
  /** When it begins, seconds. */
  readonly timestamp: number
  copyTo(
    destination: Float32Array<ArrayBuffer>,
    options: { readonly planeIndex: number; readonly format: 'f32-planar' },
  ): void
}

export class PeakMeter {
  #loudest = new Float32Array(firstBuckets)
  #endSeconds = 0
  /** Holds one channel at a time, for every stretch anew. */
  #channel = new Float32Array(0)

  /** How far the sound reaches that was added so far. */
  get endSeconds(): number {
    return this.#endSeconds
  }

  /** Takes all channels of a stretch of sound. @throws RangeError as `add` does */
  addSound(sound: DecodedSound): void {
    const { numberOfFrames, numberOfChannels, sampleRate, timestamp } = sound
    if (this.#channel.length < numberOfFrames) this.#channel = new Float32Array(numberOfFrames)
    const samples = this.#channel.subarray(0, numberOfFrames)
    for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex++) {
      sound.copyTo(samples, { planeIndex, format: 'f32-planar' })
      this.add(samples, timestamp, sampleRate)
    }
  }

  /**
   * Takes one channel of a stretch of sound. What lies before 0, which no player plays, does not count.
   * @param samples 1 being full scale
   * @throws RangeError beyond the longest recording that is measured, 24 hours
   */
  add(samples: Float32Array, startSeconds: number, sampleRate: number): void {
    const endSeconds = startSeconds + samples.length / sampleRate
    if (!(endSeconds <= longestSeconds)) throw new RangeError(`a time of ${endSeconds} s is too long`)
    this.#makeRoom(Math.ceil(endSeconds * bucketsPerSecond) + 1)
    let at = Math.max(0, Math.ceil(-startSeconds * sampleRate - nearly))
    while (at < samples.length) {
      const bucket = Math.floor((startSeconds + at / sampleRate) * bucketsPerSecond + nearly)
      const bucketEnd = Math.ceil(((bucket + 1) / bucketsPerSecond - startSeconds) * sampleRate - nearly)
      const end = Math.min(samples.length, Math.max(at + 1, bucketEnd))
      this.#loudest[bucket] = Math.max(this.#loudest[bucket] ?? 0, loudestOf(samples, at, end))
      at = end
    }
    this.#endSeconds = Math.max(this.#endSeconds, endSeconds)
  }

  /** Buckets that nothing is added to any more while sound comes in the order of its times. */
  get wholeBuckets(): number {
    return Math.floor(this.#endSeconds * bucketsPerSecond + nearly)
  }

  /** All buckets, the last of which the sound may not fill. */
  get buckets(): number {
    return Math.ceil(this.#endSeconds * bucketsPerSecond - nearly)
  }

  /** The levels of the buckets from `first` on, before `end`. */
  levels(first = 0, end = this.buckets): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#loudest.subarray(first, end), levelOf)
  }

  #makeRoom(buckets: number): void {
    if (buckets <= this.#loudest.length) return
    const larger = new Float32Array(Math.max(buckets, this.#loudest.length * 2))
    larger.set(this.#loudest)
    this.#loudest = larger
  }
}

function loudestOf(samples: Float32Array, first: number, end: number): number {
  let loudest = 0
  for (let at = first; at < end; at++) {
    const amplitude = Math.abs(samples[at] ?? 0)
    if (amplitude > loudest) loudest = amplitude
  }
  return loudest
}
