/** A media element without a browser, for tests: it plays by the (simulated) clock, late, unevenly, and with stalls. */
import type { LaneMedia } from './lane.ts'

export interface MediaHabits {
  readonly lengthSeconds: number
  /** From being told to play until it moves. */
  readonly startLagMs: number
  readonly seekMs: number
  readonly loadMs: number
  /** How much faster than the clock it plays, as a share: -0.01 is one in a hundred slower. */
  readonly unevenness: number
}

type Listener = (event: Event) => void

export class SimulatedMedia implements LaneMedia {
  readonly #habits: MediaHabits
  readonly #listeners = new Map<string, Set<Listener>>()
  #baseSeconds = 0
  #sinceMs: number | undefined
  #rate = 1
  #stalled = false
  #startTimer: ReturnType<typeof setTimeout> | undefined
  #endTimer: ReturnType<typeof setTimeout> | undefined
  #seekTimer: ReturnType<typeof setTimeout> | undefined
  #settle: ((error?: Error) => void) | undefined
  #src = ''
  preload: LaneMedia['preload'] = ''
  duration = Number.NaN
  readonly seekable = {
    length: 1,
    start: () => 0,
    end: () => (this.windable ? this.#habits.lengthSeconds : 0),
  }
  /** Whether the server sends any part. */
  windable = true
  /** Whether the file tells how long it is: what was written while it was recorded does not. */
  tellsLength = true
  /** Addresses that fail to load, and the code of the error. */
  readonly broken = new Map<string, number>()
  paused = true
  ended = false
  seeking = false
  readyState = 0
  networkState = 0
  defaultPlaybackRate = 1
  preservesPitch = true
  volume = 1
  muted = false
  error: { readonly code: number } | null = null

  constructor(habits: MediaHabits) {
    this.#habits = habits
  }

  addEventListener(type: string, listener: unknown, options?: AddEventListenerOptions | boolean): void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners)
    listeners.add(listener as Listener)
    if (typeof options === 'object')
      options.signal?.addEventListener('abort', () => listeners.delete(listener as Listener))
  }

  get src(): string {
    return this.#src
  }

  set src(src: string) {
    this.#halt()
    this.#src = src
    this.#baseSeconds = 0
    this.readyState = 0
    this.duration = Number.NaN
    this.error = null
    this.#tell('emptied')
    setTimeout(() => {
      if (this.#src !== src) return
      const code = this.broken.get(src)
      if (code !== undefined) {
        this.fail(code)
        return
      }
      this.duration = this.tellsLength ? this.#habits.lengthSeconds : Number.POSITIVE_INFINITY
      this.readyState = 4
      this.playbackRate = this.defaultPlaybackRate
      this.#tell('loadedmetadata')
      this.#tell('canplay')
    }, this.#habits.loadMs)
  }

  get currentTime(): number {
    if (this.#sinceMs === undefined) return this.#baseSeconds
    const moved = ((performance.now() - this.#sinceMs) / 1000) * this.#rate * (1 + this.#habits.unevenness)
    return Math.min(this.#habits.lengthSeconds, this.#baseSeconds + moved)
  }

  set currentTime(seconds: number) {
    const moved = this.#sinceMs !== undefined
    this.#stand()
    this.#baseSeconds = Math.max(0, Math.min(seconds, this.#habits.lengthSeconds))
    this.ended = false
    this.seeking = true
    clearTimeout(this.#seekTimer)
    this.#seekTimer = setTimeout(() => {
      this.seeking = false
      if (moved && !this.paused) this.#move()
      this.#tell('seeked')
    }, this.#habits.seekMs)
  }

  get playbackRate(): number {
    return this.#rate
  }

  set playbackRate(rate: number) {
    const moves = this.#sinceMs !== undefined
    this.#stand()
    this.#rate = rate
    if (moves) this.#move()
  }

  play(): Promise<void> {
    this.paused = false
    this.#tell('play')
    return new Promise((resolve, reject) => {
      this.#settle = (error) => (error ? reject(error) : resolve())
      this.#startTimer = setTimeout(() => {
        if (this.#stalled) return
        this.#move()
        this.#settle?.()
        this.#tell('playing')
      }, this.#habits.startLagMs)
    })
  }

  pause(): void {
    if (this.paused) return
    this.#halt()
    this.#tell('pause')
  }

  load(): void {
    this.#halt()
    this.readyState = 0
  }

  removeAttribute(): void {
    this.#src = ''
  }

  /** The bytes stop coming. */
  stall(): void {
    this.#stalled = true
    this.#stand()
    this.readyState = 2
    this.#tell('waiting')
  }

  comeBack(): void {
    this.#stalled = false
    this.readyState = 4
    if (!this.paused) this.#move()
    this.#tell('canplay')
  }

  fail(code = 2): void {
    this.#halt()
    this.error = { code }
    this.#tell('error')
  }

  /** As a headset's button does. */
  pauseFromOutside(): void {
    this.pause()
  }

  #move(): void {
    if (this.seeking || this.#sinceMs !== undefined) return
    this.#sinceMs = performance.now()
    const left =
      (this.#habits.lengthSeconds - this.#baseSeconds) / (this.#rate * (1 + this.#habits.unevenness))
    this.#endTimer = setTimeout(() => this.#end(), left * 1000)
  }

  leapToEnd(): void {
    this.#stand()
    this.#end()
  }

  #end(): void {
    this.#baseSeconds = this.#habits.lengthSeconds
    this.#sinceMs = undefined
    this.ended = true
    this.paused = true
    this.#tell('pause')
    this.#tell('ended')
  }

  /** Stays where it is. */
  #stand(): void {
    const at = this.currentTime
    this.#sinceMs = undefined
    this.#baseSeconds = at
    clearTimeout(this.#endTimer)
  }

  #halt(): void {
    this.#stand()
    clearTimeout(this.#startTimer)
    this.paused = true
    this.#settle?.(new DOMException('paused', 'AbortError'))
    this.#settle = undefined
  }

  #tell(type: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(new Event(type))
  }
}
