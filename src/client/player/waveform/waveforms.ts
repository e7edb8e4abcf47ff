/** The waveforms of one engagement's recordings, as one store. */
import { Waveform, type WaveformAsked, type WaveformView } from './waveform.ts'

/** So many are measured at a time: a browser has six connections to a host, and whoever listens needs them. */
const atOnce = 2

export class Waveforms {
  readonly #waveforms: readonly Waveform[]
  readonly #listeners = new Set<() => void>()
  #views: readonly WaveformView[]
  /** What has not begun yet. */
  #waiting: (() => Promise<void>)[] = []

  constructor(count: number) {
    this.#waveforms = Array.from({ length: count }, () => new Waveform())
    this.#views = this.#read()
    for (const waveform of this.#waveforms) {
      waveform.subscribe(() => {
        this.#views = this.#read()
        for (const listener of this.#listeners) listener()
      })
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly views = (): readonly WaveformView[] => this.#views

  /** @param asked one a recording; undefined has no waveform */
  open(asked: readonly (WaveformAsked | undefined)[]): void {
    const waiting = this.#waveforms.flatMap((waveform, index) => {
      const one = asked[index]
      return one ? [() => waveform.open(one)] : []
    })
    this.#waiting = waiting
    const goOn = async () => {
      for (let begin = waiting.shift(); begin; begin = waiting.shift()) await begin()
    }
    for (let n = 0; n < atOnce; n++) void goOn()
  }

  /** Ends whatever is under way. */
  close(): void {
    this.#waiting.length = 0
    for (const waveform of this.#waveforms) waveform.close()
  }

  #read(): readonly WaveformView[] {
    return this.#waveforms.map((waveform) => waveform.view())
  }
}
