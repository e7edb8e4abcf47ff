/**
 * The lanes of one engagement as one instrument: brought to a place, started at once, and held to the clock. What the
 * listener wants is the transport's business.
 */
import type { Clock } from './clock.ts'
import type { Lane } from './lane.ts'
import { covers, type Place, type Timeline } from './timeline.ts'

/** How an attempt to start together went; refused: the browser wants a gesture first. */
export type Started = 'sounding' | 'refused' | 'broken'

/** An element that says it plays stands still for a moment yet; one that has moved this far sounds. */
const soundsAfterSeconds = 0.03
const lookForSoundEveryMs = 10
/** Not every element moves evenly; those that do not are not waited for. */
const patienceForSoundMs = 400
/** The first start of all takes longest, and a lane that joins in too early is as far off as one that is late. */
const longestLeadSeconds = 0.05
/** A lane that begins soon loads what it will need. */
const loadAheadSeconds = 10

export class Ensemble {
  readonly #clock: Clock
  readonly #lanes: readonly Lane[]
  readonly #timeline: () => Timeline
  /** How long elements lately took from being told to play until they sounded. */
  #startLagSeconds = 0.04

  constructor(clock: Clock, lanes: readonly Lane[], timeline: () => Timeline) {
    this.#clock = clock
    this.#lanes = lanes
    this.#timeline = timeline
  }

  isActive(index: number, position = this.#clock.positionSeconds): boolean {
    return this.#lanes[index]?.usable === true && covers(this.#placeOf(index), position)
  }

  /** The lanes that have something to hear where the clock is. */
  get active(): readonly Lane[] {
    const position = this.#clock.positionSeconds
    return this.#lanes.filter((_, index) => this.isActive(index, position))
  }

  /** Brings what is to be heard here to its place, still; everything else rests at its beginning. */
  place(): void {
    const position = this.#clock.positionSeconds
    this.#lanes.forEach((lane, index) => {
      const place = this.#placeOf(index)
      lane.prepare(covers(place, position) ? position - place.startSeconds : 0)
    })
  }

  rest(): void {
    for (const lane of this.#lanes) lane.rest()
  }

  /** Starts all active lanes, which have to be ready, and waits until they sound. @param current whether that still matters */
  async startTogether(current: () => boolean): Promise<Started> {
    const lanes = this.active
    const toldAtMs = performance.now()
    const from = lanes.map(({ positionSeconds }) => positionSeconds)
    const results = await Promise.allSettled(lanes.map((lane) => lane.start()))
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [nameOf(result.reason)] : []))
    if (errors.includes('NotAllowedError')) return 'refused'
    if (errors.length > 0) return 'broken'
    while (current()) {
      const moved = lanes.map((lane, index) => lane.positionSeconds - (from[index] ?? 0))
      const waitedMs = performance.now() - toldAtMs
      if (Math.min(...moved) >= soundsAfterSeconds || waitedMs > patienceForSoundMs) {
        if (moved.length > 0) {
          const lagSeconds = waitedMs / 1000 - middleOf(moved) / this.#clock.speed
          this.#startLagSeconds = Math.max(0, Math.min(longestLeadSeconds, lagSeconds))
        }
        return 'sounding'
      }
      await new Promise((resolve) => setTimeout(resolve, lookForSoundEveryMs))
    }
    return 'sounding'
  }

  /** Elements sound some milliseconds apart and later than told. In their middle, none has far to go to the clock. */
  setClockByLanes(): void {
    const position = this.#clock.positionSeconds
    const positions = this.#lanes.flatMap((lane, index) =>
      lane.started && this.isActive(index, position)
        ? [lane.positionSeconds + this.#placeOf(index).startSeconds]
        : [],
    )
    if (positions.length > 0) this.#clock.seek(middleOf(positions))
  }

  /**
   * Holds what plays to the clock, lets in what begins, rests what ended.
   * @returns false when a lane has to wait for its bytes
   */
  follow(lookEverySeconds: number): boolean {
    const position = this.#clock.positionSeconds
    for (const [index, lane] of this.#lanes.entries()) {
      const local = position - this.#placeOf(index).startSeconds
      if (!this.isActive(index, position)) this.#awaitBeginning(lane, -local / this.#clock.speed)
      else if (!lane.ready) return false
      else if (lane.started) lane.follow(local, lookEverySeconds)
      else if (!lane.spared) joinIn(lane, local)
    }
    return true
  }

  /** Seconds of listening until a lane begins or ends, or has to be told to. */
  get nextEdgeInSeconds(): number {
    const { speed, positionSeconds } = this.#clock
    const edges = this.#timeline().places.flatMap(({ startSeconds, lengthSeconds }) => [
      startSeconds - this.#startLagSeconds * speed,
      startSeconds,
      startSeconds + (lengthSeconds ?? 0),
    ])
    return (Math.min(...edges.filter((edge) => edge > positionSeconds)) - positionSeconds) / speed
  }

  #awaitBeginning(lane: Lane, beginsInSeconds: number): void {
    // Told a little before, it sounds in time.
    const due = beginsInSeconds > 0 && beginsInSeconds <= this.#startLagSeconds
    if (!due) lane.rest()
    else if (!lane.started && lane.usable && lane.ready) joinIn(lane, 0)
    if (beginsInSeconds > 0 && beginsInSeconds < loadAheadSeconds) lane.loadAhead()
  }

  #placeOf(index: number): Place {
    const place = this.#timeline().places[index]
    if (place === undefined) throw new Error(`There is no lane ${index}`)
    return place
  }
}

function joinIn(lane: Lane, local: number): void {
  lane.prepare(local)
  // A rejection shows as a lane that is not ready, or as a failure.
  lane.start().catch(() => undefined)
}

/** Between the least and the greatest. */
function middleOf(numbers: readonly number[]): number {
  return (Math.min(...numbers) + Math.max(...numbers)) / 2
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error || error instanceof DOMException ? error.name : undefined
}
