/**
 * One recording in one native media element, made to follow a clock. It knows its own seconds alone: the transport turns
 * positions on the timeline into them, and decides when it plays.
 */
import { askWhy } from '../ask-why.ts'
import { type Failure, failureOf, mayRetry, withoutRanges } from '../failure.ts'
import { correct, farOffSeconds } from './drift.ts'

/** What of HTMLMediaElement is used. */
export type LaneMedia = Pick<
  HTMLMediaElement,
  | 'src'
  | 'preload'
  | 'currentTime'
  | 'duration'
  | 'paused'
  | 'ended'
  | 'seeking'
  | 'seekable'
  | 'readyState'
  | 'networkState'
  | 'defaultPlaybackRate'
  | 'playbackRate'
  | 'preservesPitch'
  | 'volume'
  | 'muted'
  | 'play'
  | 'pause'
  | 'load'
  | 'removeAttribute'
> &
  Pick<EventTarget, 'addEventListener'> & { readonly error: { readonly code: number } | null }

export interface LaneSource {
  readonly src: string
  /** What the recording's record tells of its length. */
  readonly reportedSeconds: number | undefined
}

export type LaneCondition =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }

interface LaneEvents {
  /** Something that is shown may have changed. */
  changed(): void
  /** Sound or silence that nobody here asked for: a headset's button, the system. */
  pausedOutside(): void
  playedOutside(): void
  /** A failure that stays. */
  failed(): void
  /** Another address for the same recording, for one that may have expired; undefined where there is none. */
  freshSource(): Promise<string | undefined>
}

const followed = [
  ...['loadedmetadata', 'durationchange', 'canplay', 'playing', 'waiting', 'seeking', 'seeked', 'ended'],
  ...['emptied', 'stalled', 'suspend', 'loadstart', 'timeupdate'],
]
const haveNothing = 0
const haveFutureData = 3
/** A paused element within this of where it should be is not moved: it would only have to look for its place again. */
const inPlaceSeconds = 0.015
/** A recording that ends this much before its record says was cut off. */
const cutOffSeconds = 2

export class Lane {
  readonly #events: LaneEvents
  #element: LaneMedia | undefined
  #source: LaneSource | undefined
  /** Where to go as soon as the element knows its media. */
  #pendingSeconds: number | undefined
  #lastRetryAtSeconds: number | undefined
  #asking: AbortController | undefined
  #failure: Failure | undefined
  #wantsSound = false
  #speed = 1
  #loudness = 1
  /** What the media told of their length, also while they are loaded anew or fail. */
  #toldSeconds: number | undefined
  /** Where the media turned out to end. */
  #endedAtSeconds: number | undefined
  /** Where it was when it was last seen to play. */
  #heardSeconds = 0
  #blobUrl: string | undefined

  constructor(events: LaneEvents) {
    this.#events = events
  }

  attach(element: LaneMedia): () => void {
    const listening = new AbortController()
    const { signal } = listening
    for (const type of followed)
      element.addEventListener(type, () => this.#element === element && this.#follow(type), { signal })
    element.addEventListener('error', () => this.#element === element && this.#fail(element), { signal })
    element.addEventListener(
      'pause',
      () => {
        const byItself = element.ended || element.error !== null || element.readyState === haveNothing
        if (!this.#wantsSound || byItself) return
        // Browsers spare a hidden tab the pictures that nobody hears. It joins in again when it is seen.
        if (isHidden() && this.#loudness === 0) this.#wantsSound = false
        else this.#events.pausedOutside()
      },
      { signal },
    )
    element.addEventListener('play', () => !this.#wantsSound && this.#events.playedOutside(), { signal })
    this.#element = element
    if (this.#source) this.#load(this.#pendingSeconds ?? 0)
    return () => {
      listening.abort()
      this.#letGo()
      this.#element = undefined
    }
  }

  open(source: LaneSource): void {
    if (this.#source?.src === source.src) return
    this.#forgetFailure()
    this.#source = source
    this.#toldSeconds = undefined
    this.#lastRetryAtSeconds = undefined
    this.#load(this.#pendingSeconds ?? 0)
  }

  /** Lets go of the recording and of its connection. */
  close(): void {
    this.#letGo()
    this.#source = undefined
    this.#pendingSeconds = undefined
  }

  get condition(): LaneCondition {
    if (this.#failure) return { kind: 'failed', failure: this.#failure }
    const waits = this.#asking !== undefined || (this.#element?.readyState ?? haveNothing) === haveNothing
    return { kind: this.#source && waits ? 'loading' : 'ready' }
  }

  /** Whether it has, or may come to have, anything to hear. */
  get usable(): boolean {
    return this.#source !== undefined && this.#failure === undefined
  }

  /** Whether it was refused for want of a sign-in. */
  get denied(): boolean {
    return this.#failure?.wayOn === 'sign-in'
  }

  /** Whether it is still being found out where it is, or why it fails. */
  get asks(): boolean {
    return this.#asking !== undefined
  }

  /** Its own seconds. */
  get positionSeconds(): number {
    return this.#pendingSeconds ?? this.#element?.currentTime ?? 0
  }

  /** What the media tell of their length, which may be nothing; where they ended, once they did. */
  get measuredSeconds(): number | undefined {
    return this.#endedAtSeconds ?? this.#toldSeconds
  }

  /** Seconds that the record promises and the media do not have. */
  get missingSeconds(): number {
    const { measuredSeconds } = this
    const reported = this.#source?.reportedSeconds
    if (measuredSeconds === undefined || reported === undefined) return 0
    return reported - measuredSeconds > cutOffSeconds ? reported - measuredSeconds : 0
  }

  /** Whether it can go on from here at once. */
  get ready(): boolean {
    const element = this.#element
    if (element === undefined || this.#pendingSeconds !== undefined || this.#asking) return false
    return element.ended || (!element.seeking && element.readyState >= haveFutureData)
  }

  /** Whether it plays, or would if its bytes came. */
  get started(): boolean {
    return this.#wantsSound
  }

  /** Stands still at a place, and loads what comes there. */
  prepare(seconds: number): void {
    const element = this.#element
    this.rest()
    if (element === undefined || element.readyState === haveNothing || this.#failure || this.#asking) {
      this.#pendingSeconds = seconds
      return
    }
    const apart = Math.abs(element.currentTime - seconds)
    if (apart > (canWind(element) ? inPlaceSeconds : farOffSeconds)) this.#goTo(element, seconds)
  }

  /** Whether it would be paused again at once. */
  get spared(): boolean {
    return isHidden() && this.#loudness === 0
  }

  /** Asks for what comes next before it is needed. */
  loadAhead(): void {
    if (this.#element) this.#element.preload = 'auto'
  }

  /** @throws what `HTMLMediaElement.play` rejects with */
  async start(): Promise<void> {
    this.#wantsSound = true
    this.#setRate(this.#speed)
    await this.#element?.play()
  }

  rest(): void {
    this.#wantsSound = false
    if (this.#element && !this.#element.paused) this.#element.pause()
  }

  /** Keeps what plays within milliseconds of where the clock is. */
  follow(seconds: number, lookEverySeconds: number): void {
    const element = this.#element
    if (element === undefined || element.seeking || element.ended || this.#pendingSeconds !== undefined)
      return
    this.#heardSeconds = element.currentTime
    const correction = correct(seconds - element.currentTime, this.#speed, lookEverySeconds)
    if (correction.kind === 'rate') this.#setRate(correction.rate)
    else this.#goTo(element, seconds)
  }

  setSpeed(speed: number): void {
    this.#speed = speed
    this.#setRate(speed)
  }

  /** @param loudness 0 to 1 */
  setLoudness(loudness: number): void {
    this.#loudness = loudness
    if (this.#element === undefined) return
    this.#element.volume = loudness
    this.#element.muted = loudness === 0
  }

  retry(): void {
    const at = this.positionSeconds
    this.#lastRetryAtSeconds = at
    void this.#loadFresh(at)
  }

  /** For a server that knows no ranges: fetches the whole recording, after which any place can be gone to. */
  async loadWhole(): Promise<void> {
    const { src } = this.#source ?? {}
    if (src === undefined) return
    const at = this.positionSeconds
    this.#forgetFailure()
    const asking = new AbortController()
    this.#asking = asking
    this.#events.changed()
    try {
      const response = await fetch(src, { credentials: 'same-origin', signal: asking.signal })
      if (!response.ok) throw new Error(`status ${response.status}`)
      const blob = await response.blob()
      if (asking.signal.aborted) return
      this.#asking = undefined
      this.#forgetBlob()
      this.#blobUrl = URL.createObjectURL(blob)
      this.#load(at)
    } catch {
      if (asking.signal.aborted) return
      await this.#explain(src, undefined)
    }
  }

  #load(atSeconds: number): void {
    const element = this.#element
    this.#forgetFailure()
    this.#pendingSeconds = atSeconds
    if (element === undefined || this.#source === undefined) return
    this.#endedAtSeconds = undefined
    element.preload = this.#wantsSound ? 'auto' : 'metadata'
    element.preservesPitch = true
    // Loading sets the speed back to the default one.
    element.defaultPlaybackRate = this.#speed
    this.setLoudness(this.#loudness)
    // Even where it is the same address, this makes the element begin anew.
    element.src = this.#blobUrl ?? this.#source.src
    this.#events.changed()
  }

  async #loadFresh(atSeconds: number): Promise<void> {
    this.#forgetFailure()
    this.#pendingSeconds = atSeconds
    const asking = new AbortController()
    this.#asking = asking
    this.#events.changed()
    const src = await this.#events.freshSource().catch(() => undefined)
    if (asking.signal.aborted) return
    this.#asking = undefined
    if (src !== undefined && this.#source) this.#source = { ...this.#source, src }
    this.#load(atSeconds)
  }

  #goTo(element: LaneMedia, seconds: number): void {
    if (canWind(element)) element.currentTime = seconds
    else this.#cannotWind(seconds)
  }

  #cannotWind(wishedSeconds: number): void {
    this.rest()
    this.#pendingSeconds = wishedSeconds
    this.#failure = withoutRanges()
    this.#events.failed()
    this.#events.changed()
  }

  #setRate(rate: number): void {
    const element = this.#element
    if (element === undefined || element.playbackRate === rate) return
    element.playbackRate = rate
  }

  #follow(type: string): void {
    const element = this.#element
    if (element === undefined) return
    if (Number.isFinite(element.duration) && element.duration > 0) this.#toldSeconds = element.duration
    if (type === 'loadedmetadata') {
      const target = this.#pendingSeconds
      this.#pendingSeconds = undefined
      element.playbackRate = this.#speed
      if (target) this.#goTo(element, target)
    }
    // The event may come when the element was moved on already. A file that was cut off ends with a leap to the end it
    // should have had.
    if (type === 'ended' && element.ended) {
      const leapt = element.currentTime - this.#heardSeconds > cutOffSeconds
      this.#endedAtSeconds = leapt ? this.#heardSeconds : element.currentTime
    }
    this.#events.changed()
  }

  #fail(element: LaneMedia): void {
    const source = this.#source
    // What is known to have failed, or is being asked about, has nothing new to say.
    if (source === undefined || this.#failure || this.#asking) return
    const at = this.positionSeconds
    if (mayRetry(at, this.#lastRetryAtSeconds)) {
      this.#lastRetryAtSeconds = at
      void this.#loadFresh(at)
      return
    }
    this.#pendingSeconds = at
    void this.#explain(source.src, element.error?.code)
  }

  async #explain(src: string, errorCode: number | undefined): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    this.#events.changed()
    const answer = await askWhy(src, asking.signal).catch(() => undefined)
    // Only what was let go of has no answer.
    if (answer === undefined || asking.signal.aborted) return
    this.#asking = undefined
    this.#wantsSound = false
    this.#failure = failureOf(answer, errorCode)
    this.#events.failed()
    this.#events.changed()
  }

  #forgetFailure(): void {
    this.#asking?.abort()
    this.#asking = undefined
    this.#failure = undefined
  }

  #forgetBlob(): void {
    if (this.#blobUrl !== undefined) URL.revokeObjectURL(this.#blobUrl)
    this.#blobUrl = undefined
  }

  #letGo(): void {
    this.#forgetFailure()
    this.#wantsSound = false
    const element = this.#element
    if (element) {
      if (element.readyState > haveNothing) this.#pendingSeconds = element.currentTime
      element.pause()
      element.removeAttribute('src')
      element.load()
    }
    this.#forgetBlob()
  }
}

function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden'
}

/** A server that knows no ranges leaves nothing to seek in (HTML, "seekable"). */
function canWind({ seekable }: LaneMedia): boolean {
  return seekable.length > 0 && seekable.end(seekable.length - 1) > 0
}
