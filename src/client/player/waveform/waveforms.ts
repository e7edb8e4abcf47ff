/** The waveforms of one engagement's recordings, as one store. */
import { Waveform, type WaveformAsked, type WaveformView } from './waveform.ts'

export class Waveforms {
  readonly #waveforms: readonly Waveform[]
  readonly #listeners = new Set<() => void>()
  #views: readonly WaveformView[]

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
    asked.forEach((one, index) => {
      if (one) this.#waveforms[index]?.open(one)
    })
  }

  /** Ends whatever is under way. */
  close(): void {
    for (const waveform of this.#waveforms) waveform.close()
  }

  #read(): readonly WaveformView[] {
    return this.#waveforms.map((waveform) => waveform.view())
  }
}
