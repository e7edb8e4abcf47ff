/** Where the recordings of an engagement lie on one timeline: by the clock where they tell when they began. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'

export interface Place {
  /** Seconds from the timeline's beginning. */
  readonly startSeconds: number
  /** Undefined while nobody knows: neither the record nor the media. */
  readonly lengthSeconds: number | undefined
  /** Whether the recording told when it began; those that did not come after the others, one after another. */
  readonly dated: boolean
}

export interface Timeline {
  /** One a recording, in the engagement's order. */
  readonly places: readonly Place[]
  /** The moment of the timeline's beginning, epoch milliseconds; undefined where no recording tells when it began. */
  readonly startMs: number | undefined
  /** Up to here seconds on the timeline are seconds on the clock. */
  readonly datedSeconds: number
  readonly lengthSeconds: number
}

/** A recording that claims to have begun further from its engagement than this has a broken clock. */
const farthestMs = 24 * 3_600_000

/** @param measured seconds that the media themselves have, by recording; they count more than what the record says */
export function layTimeline(
  { startDate, recordings = [] }: EngagementV1,
  measured: readonly (number | undefined)[] = [],
): Timeline {
  const created = recordings.map((recording) => parse(recording.created))
  const near = parse(startDate) ?? middle(created)
  const begins = created.map((at) =>
    at !== undefined && near !== undefined && Math.abs(at - near) <= farthestMs ? at : undefined,
  )
  const known = begins.filter((at) => at !== undefined)
  const startMs = known.length === 0 ? undefined : Math.min(...known)
  const lengths = recordings.map(({ duration }, index) => measured[index] ?? duration)
  const ends = begins.map((at, index) =>
    at === undefined || startMs === undefined ? 0 : (at - startMs) / 1000 + (lengths[index] ?? 0),
  )
  const datedSeconds = Math.max(0, ...ends)
  let end = datedSeconds
  const places = begins.map((at, index): Place => {
    const lengthSeconds = lengths[index]
    if (at !== undefined && startMs !== undefined)
      return { startSeconds: (at - startMs) / 1000, lengthSeconds, dated: true }
    const startSeconds = end
    end += lengthSeconds ?? 0
    return { startSeconds, lengthSeconds, dated: false }
  })
  return { places, startMs, datedSeconds, lengthSeconds: end }
}

/** The moment that a position stands for, epoch milliseconds; undefined where it stands for none. */
export function clockAt({ startMs, datedSeconds }: Timeline, positionSeconds: number): number | undefined {
  return startMs === undefined || positionSeconds > datedSeconds
    ? undefined
    : startMs + positionSeconds * 1000
}

/** Whether a recording has anything at a position. One of unknown length goes on until it is known. */
export function covers({ startSeconds, lengthSeconds }: Place, positionSeconds: number): boolean {
  const local = positionSeconds - startSeconds
  return local >= 0 && (lengthSeconds === undefined || local < lengthSeconds)
}

/** The recording that a position is told by: of those that have begun there, the chosen one, or the latest to begin. */
export function tellingLane({ places }: Timeline, positionSeconds: number, chosen: number): number {
  const begun = places.flatMap((place, index) =>
    place.startSeconds <= positionSeconds ? [{ place, index }] : [],
  )
  const covering = begun.filter(({ place }) => covers(place, positionSeconds))
  const among = covering.length > 0 ? covering : begun
  if (among.some(({ index }) => index === chosen)) return chosen
  const latest = among.toSorted((a, b) => b.place.startSeconds - a.place.startSeconds)[0]
  return latest?.index ?? chosen
}

/** Where nothing was recorded at all: from the end of one recording to the beginning of the next. */
export function gaps({
  places,
}: Timeline): readonly { readonly fromSeconds: number; readonly toSeconds: number }[] {
  const found: { fromSeconds: number; toSeconds: number }[] = []
  let end = 0
  for (const { startSeconds, lengthSeconds } of places.toSorted((a, b) => a.startSeconds - b.startSeconds)) {
    if (startSeconds > end) found.push({ fromSeconds: end, toSeconds: startSeconds })
    end = Math.max(end, lengthSeconds === undefined ? Number.POSITIVE_INFINITY : startSeconds + lengthSeconds)
  }
  return found
}

function parse(date: string | undefined): number | undefined {
  const at = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(at) ? undefined : at
}

/** Of what is known, so that one broken clock moves nothing. */
function middle(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((at) => at !== undefined).toSorted((a, b) => a - b)
  return known[Math.floor((known.length - 1) / 2)]
}
