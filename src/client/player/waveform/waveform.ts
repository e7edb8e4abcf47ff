/** The waveform of one recording: from this browser or from the server, else none. Knows no React. */
import { bucketsPerSecond } from '../../../contract/model/peaks.ts'
import { askPeaks } from './ask-peaks.ts'
import { decodeApart } from './decode-apart.ts'
import type { DecodeEnd, DecodeTask } from './decoding.ts'

/** Up to here the browser decodes: beyond, the server does, once for everybody who will look. */
const decodedHere = { longestSeconds: 1800, mostBytes: 32 * 1024 * 1024 }
/** What the server cannot decode, such as AAC, is still decoded here up to this. Beyond, there is a plain bar. */
const decodedHereAtMost = { longestSeconds: 2 * 3600, mostBytes: 128 * 1024 * 1024 }

type Limits = Pick<DecodeTask, 'longestSeconds' | 'mostBytes'>

export interface WaveformAsked {
  /** An address of this host. */
  readonly src: string
  /** Where the server tells what it measured; undefined: it measures nothing of this one. */
  readonly peaks: string | undefined
  /** As far as they are known beforehand. */
  readonly durationSeconds: number | undefined
  readonly sizeBytes: number | undefined
}

export interface WaveformView {
  /** `loading`: the levels so far, more will come. `ready`: all there are. `none`: there are none to be had, or none asked for. */
  readonly kind: 'loading' | 'ready' | 'none'
  /** A byte a bucket, linear in decibels: 0 is -60 dBFS or less, 255 is 0 dBFS. */
  readonly levels: Uint8Array
  readonly bucketsPerSecond: number
  /** How far the levels reach. */
  readonly knownSeconds: number
  /** Who measured them. */
  readonly source: 'browser' | 'server'
}

const nothing: WaveformView = {
  kind: 'none',
  levels: new Uint8Array(),
  bucketsPerSecond,
  knownSeconds: 0,
  source: 'browser',
}

export class Waveform {
  readonly #listeners = new Set<() => void>()
  #view = nothing
  /** Grows by doubling; views show its beginning, which does not change any more. */
  #levels = new Uint8Array()
  #going: AbortController | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): WaveformView => this.#view

  /** Begins anew with another recording. @returns once there is no more to come */
  async open(asked: WaveformAsked): Promise<void> {
    this.close()
    const going = new AbortController()
    this.#going = going
    this.#show({ ...nothing, kind: 'loading' })
    await this.#measure(asked, going.signal).catch(() => {
      // When it is aborted, whoever asked is gone.
      if (!going.signal.aborted) this.#show(nothing)
    })
  }

  /** Ends whatever is under way. */
  close(): void {
    this.#going?.abort()
    this.#going = undefined
    this.#levels = new Uint8Array()
    this.#show(nothing)
  }

  async #measure(asked: WaveformAsked, signal: AbortSignal): Promise<void> {
    const how = await this.#decode(asked, decodedHere, signal)
    if (how === 'whole') return
    if (await this.#ask(asked, signal)) return
    if (how === 'too-long' && (await this.#decode(asked, decodedHereAtMost, signal)) === 'whole') return
    this.#show(nothing)
  }

  async #decode(asked: WaveformAsked, limits: Limits, signal: AbortSignal): Promise<DecodeEnd> {
    if (!('AudioDecoder' in globalThis)) return 'cannot'
    const { src, durationSeconds = 0, sizeBytes = 0 } = asked
    if (durationSeconds > limits.longestSeconds || sizeBytes > limits.mostBytes) return 'too-long'
    this.#show({ ...nothing, kind: 'loading' })
    const how = await decodeApart({ src, ...limits }, (levels) => this.#append(levels), signal)
    if (how === 'whole') this.#show({ ...this.#view, kind: 'ready' })
    return how
  }

  async #ask({ peaks: address }: WaveformAsked, signal: AbortSignal): Promise<boolean> {
    const peaks = address === undefined ? undefined : await askPeaks(address, signal)
    if (peaks === undefined) return false
    const knownSeconds = peaks.levels.length / peaks.bucketsPerSecond
    this.#show({ kind: 'ready', ...peaks, knownSeconds, source: 'server' })
    return true
  }

  #append(more: Uint8Array): void {
    const known = this.#view.levels.length
    const length = known + more.length
    if (length > this.#levels.length) {
      const larger = new Uint8Array(Math.max(length, this.#levels.length * 2))
      larger.set(this.#view.levels)
      this.#levels = larger
    }
    this.#levels.set(more, known)
    this.#show({
      ...this.#view,
      levels: this.#levels.subarray(0, length),
      knownSeconds: length / bucketsPerSecond,
    })
  }

  #show(view: WaveformView): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}
