/**
 * Plays the recordings of one engagement together, as the listener wants. The clock leads and the lanes follow it; one that
 * has to wait for its bytes holds the others. It knows no React; `subscribe` and `view` make it a store.
 */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { Speed } from '../speeds.ts'
import { Clock } from './clock.ts'
import { Ensemble } from './ensemble.ts'
import { Lane, type LaneMedia } from './lane.ts'
import { loudness, type Mix } from './mix.ts'
import { NoticedWait } from './noticed-wait.ts'
import { covers, layTimeline, type Timeline } from './timeline.ts'
import type { Marks, Phase, Span, TransportView } from './transport-view.ts'

interface TransportOptions {
  readonly engagement: EngagementV1
  /** The address of each recording that this page may play, in the engagement's order. */
  readonly sources: readonly (string | undefined)[]
  readonly speed: Speed
  readonly mix: Mix
  /** 0 to 1. */
  readonly volume: number
  readonly skipsSilence: boolean
  /** A recording's address, asked for anew. */
  freshSource(lane: number): Promise<string | undefined>
  /** The listener heard this much, on the timeline. */
  heard(fromSeconds: number, toSeconds: number): void
  /** Everything was played to its end. */
  ended(): void
}

const lookEveryMs = 100
/** A lane that takes longer than this to start is gathered for anew, and so can be said to hold the others. */
const patienceForStartMs = 1500
/** After a change of speed, sound that was made before it is heard to its end. */
const settlesWithinMs = 400
/** Less than this is not worth a jump that stops the sound for a moment. */
const worthSkippingSeconds = 0.6
const tellHeardEverySeconds = 5

export class Transport {
  readonly #options: TransportOptions
  readonly #clock = new Clock()
  readonly #lanes: readonly Lane[]
  readonly #ensemble: Ensemble
  readonly #listeners = new Set<() => void>()
  #timeline: Timeline
  #phase: Phase = 'paused'
  #speed: Speed
  #mix: Mix
  #volume: number
  #marks: Marks = { a: undefined, b: undefined }
  #skipsSilence: boolean
  #silences: readonly Span[] = []
  #ended = false
  /** It would play, had a lane not been refused for want of a sign-in. */
  #stoppedByDenial = false
  #heardFrom: number | undefined
  #looking: ReturnType<typeof setInterval> | undefined
  #edge: ReturnType<typeof setTimeout> | undefined
  #lastLookMs = 0
  /** The longest time between two looks lately: a hidden tab is given one a second. */
  #lookEverySeconds = lookEveryMs / 1000
  readonly #wait = new NoticedWait()
  /** Which attempt to start it is. */
  #attempt = 0
  #startedAtMs = 0
  #settledAtMs = 0
  #publishing = false
  #view: TransportView

  constructor(options: TransportOptions) {
    this.#options = options
    this.#speed = options.speed
    this.#mix = options.mix
    this.#volume = options.volume
    this.#skipsSilence = options.skipsSilence
    this.#clock.setSpeed(options.speed)
    this.#timeline = layTimeline(options.engagement)
    this.#lanes = options.sources.map(
      (_, index) =>
        new Lane({
          changed: () => this.#laneChanged(),
          pausedOutside: () => this.pause(),
          playedOutside: () => this.play(),
          // The others do not go on unnoticed: whoever listens decides.
          failed: () => this.#laneFailed(),
          freshSource: () => options.freshSource(index),
        }),
    )
    this.#ensemble = new Ensemble(this.#clock, this.#lanes, () => this.#timeline)
    this.#view = this.#read()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): TransportView => this.#view

  /** For what is drawn between two views. */
  get positionSeconds(): number {
    return this.#clampEnd(this.#clock.positionSeconds)
  }

  /** @returns lets go of the element */
  attach(lane: number, element: LaneMedia): () => void {
    const detach = this.#lanes[lane]?.attach(element)
    return () => detach?.()
  }

  /** @param atSeconds where to stand at first */
  open(atSeconds: number): void {
    const { sources, engagement } = this.#options
    sources.forEach((src, index) => {
      const reportedSeconds = engagement.recordings?.[index]?.duration
      if (src !== undefined) this.#lanes[index]?.open({ src, reportedSeconds })
    })
    this.#clock.seek(this.#clampEnd(Math.max(0, atSeconds)))
    this.#applyMix()
    for (const lane of this.#lanes) lane.setSpeed(this.#speed)
    this.#ensemble.place()
    this.#publish()
  }

  close(): void {
    this.pause()
    this.#wait.end()
    for (const lane of this.#lanes) lane.close()
  }

  play(): void {
    if (this.#phase !== 'paused') return
    this.#stoppedByDenial = false
    // Where nothing can be heard any more, pressing Play asks for all of it again.
    const failed = this.#lanes.filter(({ condition }) => condition.kind === 'failed')
    if (failed.length > 0 && !this.#lanes.some(({ usable }) => usable))
      for (const lane of failed) lane.retry()
    const { positionSeconds } = this.#clock
    if (this.#ended || positionSeconds >= this.#clampEnd(Number.POSITIVE_INFINITY)) this.#clock.seek(0)
    this.#ended = false
    this.#lastLookMs = performance.now()
    this.#looking = setInterval(() => this.#look(), lookEveryMs)
    this.#gather()
  }

  pause(): void {
    if (this.#phase !== 'paused') {
      this.#stopClock()
      this.#phase = 'paused'
      clearInterval(this.#looking)
      clearTimeout(this.#edge)
      this.#ensemble.place()
    }
    this.#publish()
  }

  toggle(): void {
    if (this.#phase === 'paused') this.play()
    else this.pause()
  }

  seekTo(seconds: number): void {
    this.#stopClock()
    this.#clock.seek(this.#clampEnd(Math.max(0, seconds)))
    this.#ended = false
    if (this.#phase === 'paused') this.#ensemble.place()
    else this.#gather()
    this.#publish()
  }

  skip(seconds: number): void {
    this.seekTo(this.positionSeconds + seconds)
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed
    this.#clock.setSpeed(speed)
    for (const lane of this.#lanes) lane.setSpeed(speed)
    this.#settledAtMs = performance.now() + settlesWithinMs
    this.#publish()
  }

  setMix(mix: Mix): void {
    this.#mix = mix
    this.#applyMix()
    this.#publish()
  }

  /** @param volume 0 to 1, of all lanes */
  setVolume(volume: number): void {
    this.#volume = volume
    this.#applyMix()
    this.#publish()
  }

  setMarks(marks: Marks): void {
    this.#marks = marks
    this.#publish()
  }

  skipSilence(on: boolean): void {
    this.#skipsSilence = on
    this.#publish()
  }

  /** Where all lanes together are silent, in order; what is not known yet is not silent. */
  setSilences(silences: readonly Span[]): void {
    this.#silences = silences
  }

  /** Asks anew for what was, or is about to be, refused for want of a sign-in, and plays on if that was what stopped it. */
  retryDenied(): void {
    const denied = this.#lanes.some((lane) => lane.denied)
    for (const lane of this.#lanes) if (lane.denied || lane.asks) lane.retry()
    if (denied && this.#stoppedByDenial) this.play()
  }

  retry(lane: number): void {
    this.#lanes[lane]?.retry()
  }

  loadWhole(lane: number): void {
    void this.#lanes[lane]?.loadWhole()
  }

  #gather(): void {
    this.#stopClock()
    this.#phase = 'gathering'
    this.#ensemble.place()
    for (const lane of this.#ensemble.active) lane.loadAhead()
    this.#look()
  }

  /** What has to be done by the clock. */
  #look(): void {
    const now = performance.now()
    const sinceSeconds = (now - this.#lastLookMs) / 1000
    this.#lastLookMs = now
    // Slower looks are believed at once, faster ones slowly.
    this.#lookEverySeconds = Math.max(sinceSeconds, this.#lookEverySeconds * 0.9)
    this.#act()
    this.#publish()
  }

  #act(): void {
    if (this.#phase === 'gathering') this.#start()
    else if (this.#phase === 'running') this.#run()
    else if (this.#phase === 'starting' && performance.now() - this.#startedAtMs > patienceForStartMs)
      this.#gather()
  }

  #start(): void {
    if (!this.#ensemble.active.every(({ ready }) => ready)) return
    const attempt = ++this.#attempt
    const current = () => this.#phase === 'starting' && attempt === this.#attempt
    this.#phase = 'starting'
    this.#startedAtMs = performance.now()
    void this.#ensemble.startTogether(current).then((started) => {
      if (!current()) return
      // No gesture yet: the listener presses Play.
      if (started === 'refused') this.pause()
      else if (started === 'broken') this.#gather()
      else this.#startClock()
    })
  }

  #startClock(): void {
    this.#phase = 'running'
    // Lanes sound before all of them do.
    this.#heardFrom = this.#clock.positionSeconds
    this.#ensemble.setClockByLanes()
    this.#clock.start()
    this.#look()
  }

  #stopClock(): void {
    this.#clock.stop()
    this.#tellHeard()
    this.#heardFrom = undefined
    this.#ensemble.rest()
  }

  #run(): void {
    if (performance.now() < this.#settledAtMs) this.#ensemble.setClockByLanes()
    const position = this.#clock.positionSeconds
    const toA = this.#backToA(position)
    const pastSilence = this.#pastSilence(position)
    if (toA !== undefined) this.seekTo(toA)
    else if (pastSilence !== undefined) {
      // Nothing is said in it: whoever skips it has missed nothing.
      this.#options.heard(position, this.#clampEnd(pastSilence))
      this.seekTo(pastSilence)
    } else if (position >= this.#clampEnd(Number.POSITIVE_INFINITY)) this.#finish()
    else if (!this.#ensemble.follow(this.#lookEverySeconds)) this.#gather()
    else {
      this.#lookAtNextEdge(position)
      if (position - (this.#heardFrom ?? position) > tellHeardEverySeconds) this.#tellHeard()
    }
  }

  /** Only whoever comes to B goes back: a place behind it can still be gone to. */
  #backToA(position: number): number | undefined {
    const { a, b } = this.#marks
    return a !== undefined && b !== undefined && position >= b && position < b + this.#speed ? a : undefined
  }

  #pastSilence(position: number): number | undefined {
    if (!this.#skipsSilence) return undefined
    return this.#silences.find(
      ({ fromSeconds, toSeconds }) =>
        fromSeconds <= position && toSeconds - position > worthSkippingSeconds * this.#speed,
    )?.toSeconds
  }

  /** Looks again exactly when a lane begins or ends, and not up to a tenth of a second later. */
  #lookAtNextEdge(position: number): void {
    clearTimeout(this.#edge)
    const { b } = this.#marks
    const toB = b !== undefined && b > position ? (b - position) / this.#speed : Number.POSITIVE_INFINITY
    const seconds = Math.min(toB, this.#ensemble.nextEdgeInSeconds)
    if (seconds < lookEveryMs / 1000) this.#edge = setTimeout(() => this.#look(), seconds * 1000)
  }

  #finish(): void {
    this.pause()
    this.#clock.seek(this.#timeline.lengthSeconds)
    this.#ended = true
    this.#publish()
    this.#options.ended()
  }

  #laneFailed(): void {
    this.#stoppedByDenial ||= this.#phase !== 'paused' && this.#lanes.some(({ denied }) => denied)
    this.pause()
  }

  #laneChanged(): void {
    this.#relay()
    // What is to be done by it waits for no interval, which a hidden tab hardly has.
    this.#act()
    this.#publish()
  }

  /** Media tell their length after the record did. In an undated row the places behind it move; the listener stays. */
  #relay(): void {
    const measured = this.#lanes.map(({ measuredSeconds }) => measuredSeconds)
    const before = this.#timeline
    const after = layTimeline(this.#options.engagement, measured)
    if (after.places.every((place, index) => place.lengthSeconds === before.places[index]?.lengthSeconds))
      return
    const position = this.#clock.positionSeconds
    const at = before.places.findIndex((place) => !place.dated && covers(place, position))
    const moved = (after.places[at]?.startSeconds ?? 0) - (before.places[at]?.startSeconds ?? 0)
    this.#timeline = after
    if (moved !== 0) this.#clock.seek(position + moved)
  }

  /** Where the length of a recording is not known, anything may still be in it. */
  #clampEnd(seconds: number): number {
    const { places, lengthSeconds } = this.#timeline
    const open = places.some(
      (place, index) => place.lengthSeconds === undefined && this.#lanes[index]?.usable,
    )
    return open ? seconds : Math.min(seconds, lengthSeconds)
  }

  #applyMix(): void {
    this.#lanes.forEach((lane, index) => {
      lane.setLoudness(loudness(this.#mix, index, this.#volume))
    })
  }

  #tellHeard(): void {
    const from = this.#heardFrom
    const to = this.#clampEnd(this.#clock.positionSeconds)
    if (from === undefined || to <= from) return
    this.#heardFrom = to
    this.#options.heard(from, to)
  }

  #publish(): void {
    const waits = this.#phase === 'gathering' && this.#ensemble.active.some(({ ready }) => !ready)
    this.#wait.watch(waits, () => this.#publish())
    this.#view = this.#read()
    // What a listener changes is told with what is being told.
    if (this.#publishing) return
    this.#publishing = true
    for (const listener of this.#listeners) listener()
    this.#publishing = false
  }

  #read(): TransportView {
    const waiting = this.#lanes.flatMap((lane, index) =>
      this.#ensemble.isActive(index) && !lane.ready ? [index] : [],
    )
    return {
      playing: this.#phase !== 'paused',
      heldBy: this.#wait.noticed ? waiting : [],
      ended: this.#ended,
      positionSeconds: this.positionSeconds,
      speed: this.#speed,
      mix: this.#mix,
      volume: this.#volume,
      marks: this.#marks,
      skipsSilence: this.#skipsSilence,
      timeline: this.#timeline,
      lanes: this.#lanes.map(({ condition, missingSeconds }) => ({ condition, missingSeconds })),
    }
  }
}
