/**
 * One recording in one native media element, as a store that React can read. It knows no React and no engagement: a player
 * of several lanes is several of these.
 */
import { askWhy } from './ask-why.ts'
import { failureWords, mayRetry } from './failure.ts'
import {
  recallPosition,
  recallSpeed,
  recallVolume,
  rememberPosition,
  rememberSpeed,
  rememberVolume,
} from './remembered.ts'
import type { Speed } from './speeds.ts'

/** What of HTMLMediaElement is used. */
export type PlayableMedia = Pick<
  HTMLMediaElement,
  | 'src'
  | 'preload'
  | 'currentTime'
  | 'duration'
  | 'paused'
  | 'ended'
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

export interface Opening {
  readonly src: string
  /** Whether the element shows a picture: another element, so another opening. */
  readonly picture: boolean
  /** Where to start; undefined where the listener last was. */
  readonly startAtSeconds: number | undefined
  readonly autoplay: boolean
  /** The length the recording's record tells, for media that do not tell theirs. */
  readonly reportedSeconds: number | undefined
}

export type Condition =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'buffering' }
  | { readonly kind: 'failed'; readonly why: string }

export interface PlaybackView {
  readonly condition: Condition
  readonly playing: boolean
  readonly positionSeconds: number
  readonly durationSeconds: number | undefined
  readonly speed: Speed
  /** 0 to 1. */
  readonly volume: number
  readonly muted: boolean
}

const followed = [
  ...['loadedmetadata', 'durationchange', 'canplay', 'timeupdate', 'play', 'playing', 'pause', 'waiting'],
  ...['seeking', 'seeked', 'ended', 'emptied', 'stalled', 'suspend', 'loadstart'],
]
const haveNothing = 0
const haveFutureData = 3
const networkLoading = 2

/** Waits shorter than this are not worth words, least of all spoken ones. */
const noticedWaitMs = 300
const rememberEverySeconds = 5

export class Playback {
  #element: PlayableMedia | undefined
  #opening: Opening | undefined
  /** Where to go as soon as the element knows its media; until then it stands at 0. */
  #pendingSeconds: number | undefined
  #rememberedSeconds = 0
  #lastRetryAtSeconds: number | undefined
  #asking: AbortController | undefined
  #why: string | undefined
  #waitTimer: ReturnType<typeof setTimeout> | undefined
  #waitNoticed = false
  #carriesOn = false
  /** What the listener wants. An element that failed to load says it is paused, whatever was asked of it. */
  #wantsSound = false
  #speed = recallSpeed()
  #volume = recallVolume()
  #muted = false
  readonly #listeners = new Set<() => void>()
  #view = this.#read()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): PlaybackView => this.#view

  /** A React ref. */
  readonly attach = (element: PlayableMedia | null): (() => void) | undefined => {
    if (element === null) return undefined
    const listening = new AbortController()
    const { signal } = listening
    element.addEventListener('loadedmetadata', () => this.#arrive(element), { signal })
    for (const type of followed) element.addEventListener(type, () => this.#follow(type), { signal })
    element.addEventListener('error', () => this.#fail(element), { signal })
    this.#element = element
    return () => {
      listening.abort()
      this.close()
      this.#element = undefined
    }
  }

  /** Opens a recording, or, for the one that is open, goes where the page now asks for. */
  open(opening: Opening): void {
    const before = this.#opening
    const { src, startAtSeconds } = opening
    if (before?.src === src && before.picture === opening.picture) {
      this.#opening = opening
      if (startAtSeconds !== undefined && startAtSeconds !== before.startAtSeconds)
        this.seekTo(startAtSeconds)
      if (opening.autoplay && !before.autoplay) this.play()
      this.#publish()
      return
    }
    this.close()
    const plays = opening.autoplay || this.#carriesOn
    this.#carriesOn = false
    this.#wantsSound = plays
    this.#opening = opening
    this.#rememberedSeconds = startAtSeconds ?? recallPosition(src)
    this.#load(this.#rememberedSeconds, plays)
  }

  /** Lets go of the recording and of its connection. */
  close(): void {
    if (this.#opening === undefined) return
    this.#rememberPosition()
    this.#forgetFailure()
    this.#opening = undefined
    this.#pendingSeconds = undefined
    this.#lastRetryAtSeconds = undefined
    this.#element?.pause()
    this.#element?.removeAttribute('src')
    this.#element?.load()
    this.#publish()
  }

  /** The listener goes over to another recording: it plays if this one does. */
  carryOn(): void {
    this.#carriesOn = this.#view.playing
  }

  play(): void {
    this.#wantsSound = true
    if (this.#why !== undefined) this.#load(this.#view.positionSeconds, true)
    // A refusal (no gesture yet) leaves the element paused, a failure arrives as its error event: neither is news here.
    else if (this.#opening) this.#element?.play().catch(() => undefined)
  }

  pause(): void {
    this.#wantsSound = false
    this.#element?.pause()
  }

  toggle(): void {
    if (this.#view.playing) this.pause()
    else this.play()
  }

  retry(): void {
    this.#lastRetryAtSeconds = this.#view.positionSeconds
    this.#load(this.#view.positionSeconds, this.#wantsSound)
  }

  seekTo(seconds: number): void {
    const element = this.#element
    if (element === undefined || this.#opening === undefined) return
    const target = Math.max(0, Math.min(seconds, this.#view.durationSeconds ?? seconds))
    if (this.#pendingSeconds !== undefined || element.readyState === haveNothing || this.#why !== undefined)
      this.#pendingSeconds = target
    else element.currentTime = target
    this.#publish()
  }

  skip(seconds: number): void {
    this.seekTo(this.#view.positionSeconds + seconds)
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed
    rememberSpeed(speed)
    this.#applySettings()
  }

  /** @param volume 0 to 1 */
  setVolume(volume: number): void {
    this.#volume = volume
    this.#muted = false
    rememberVolume(volume)
    this.#applySettings()
  }

  setMuted(muted: boolean): void {
    this.#muted = muted
    this.#applySettings()
  }

  #load(atSeconds: number, plays: boolean): void {
    const element = this.#element
    if (element === undefined || this.#opening === undefined) return
    this.#forgetFailure()
    this.#pendingSeconds = atSeconds
    element.preload = 'metadata'
    this.#applySettings()
    // Even where it is the same address, this makes the element begin anew.
    element.src = this.#opening.src
    if (plays) this.play()
    this.#publish()
  }

  #applySettings(): void {
    const element = this.#element
    if (element !== undefined) {
      element.preservesPitch = true
      // Loading sets the speed back to the default one.
      element.defaultPlaybackRate = this.#speed
      element.playbackRate = this.#speed
      element.volume = this.#volume
      element.muted = this.#muted
    }
    this.#publish()
  }

  #arrive(element: PlayableMedia): void {
    const target = this.#pendingSeconds
    this.#pendingSeconds = undefined
    if (target) element.currentTime = target
  }

  #follow(type: string): void {
    // Paused by the system, a headset's button say, or at the end.
    const element = this.#element
    if (type === 'pause' && element?.error === null && element.readyState > haveNothing)
      this.#wantsSound = false
    const moved = Math.abs(this.#view.positionSeconds - this.#rememberedSeconds)
    if (type === 'pause' || type === 'ended' || (type === 'timeupdate' && moved >= rememberEverySeconds))
      this.#rememberPosition()
    this.#publish()
  }

  #rememberPosition(): void {
    const element = this.#element
    if (
      !element ||
      !this.#opening ||
      this.#pendingSeconds !== undefined ||
      element.readyState === haveNothing
    )
      return
    this.#rememberedSeconds = element.currentTime
    rememberPosition(this.#opening.src, element.ended ? undefined : element.currentTime)
  }

  #fail(element: PlayableMedia): void {
    const opening = this.#opening
    if (opening === undefined) return
    const { positionSeconds } = this.#view
    if (mayRetry(positionSeconds, this.#lastRetryAtSeconds)) {
      this.#lastRetryAtSeconds = positionSeconds
      this.#load(positionSeconds, this.#wantsSound)
      return
    }
    this.#pendingSeconds = positionSeconds
    const errorCode = element.error?.code
    const asking = new AbortController()
    this.#asking = asking
    this.#publish()
    askWhy(opening.src, asking.signal).then(
      (answer) => {
        if (asking.signal.aborted) return
        this.#asking = undefined
        this.#why = failureWords(answer, errorCode)
        this.#publish()
      },
      // Only what was let go of ends here.
      () => undefined,
    )
  }

  #forgetFailure(): void {
    this.#asking?.abort()
    this.#asking = undefined
    this.#why = undefined
  }

  #publish(): void {
    this.#watchWaiting()
    this.#view = this.#read()
    for (const listener of this.#listeners) listener()
  }

  #watchWaiting(): void {
    if (this.#isWaiting()) {
      this.#waitTimer ??= setTimeout(() => {
        this.#waitNoticed = true
        this.#publish()
      }, noticedWaitMs)
      return
    }
    clearTimeout(this.#waitTimer)
    this.#waitTimer = undefined
    this.#waitNoticed = false
  }

  #isWaiting(): boolean {
    const element = this.#element
    if (!element || !this.#opening || this.#why !== undefined) return false
    if (this.#asking) return true
    if (element.readyState === haveNothing) return element.networkState === networkLoading
    return !element.paused && !element.ended && element.readyState < haveFutureData
  }

  #read(): PlaybackView {
    const element = this.#opening && this.#element
    const positionSeconds = this.#pendingSeconds ?? element?.currentTime ?? 0
    return {
      condition: this.#condition(),
      playing: element !== undefined && !element.paused && !element.ended && this.#why === undefined,
      positionSeconds,
      durationSeconds: lengthSeconds(element?.duration, this.#opening?.reportedSeconds, positionSeconds),
      speed: this.#speed,
      volume: this.#volume,
      muted: this.#muted,
    }
  }

  #condition(): Condition {
    if (this.#why !== undefined) return { kind: 'failed', why: this.#why }
    if (!this.#waitNoticed) return { kind: 'ready' }
    return { kind: this.#element?.readyState === haveNothing ? 'loading' : 'buffering' }
  }
}

/** WebM from some recorders tells no length (Infinity, or NaN before it is known); then the record's counts, until outplayed. */
function lengthSeconds(
  mediaSeconds: number | undefined,
  reportedSeconds: number | undefined,
  positionSeconds: number,
): number | undefined {
  if (mediaSeconds !== undefined && Number.isFinite(mediaSeconds) && mediaSeconds > 0) return mediaSeconds
  return reportedSeconds ? Math.max(reportedSeconds, positionSeconds) : undefined
}
