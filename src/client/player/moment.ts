/** A place of the timeline as a link has it: the recording that tells it, and whole seconds of that. */
import type { SecondSpan } from '../../contract/query/second-span.ts'
import { type Timeline, tellingLane } from './sync/timeline.ts'
import type { Marks } from './sync/transport-view.ts'

export interface Moment {
  /** Counted from 0. */
  readonly lane: number
  readonly second: number
  readonly span: SecondSpan | undefined
}

/** @param chosen the lane that tells it where it can */
export function momentOf(
  timeline: Timeline,
  positionSeconds: number,
  { a, b }: Marks,
  chosen: number,
): Moment {
  // A recording has no seconds before its first, so it has to have begun at A too.
  const lane = tellingLane(timeline, Math.min(positionSeconds, a ?? positionSeconds), chosen)
  const start = timeline.places[lane]?.startSeconds ?? 0
  return {
    lane,
    second: Math.max(0, Math.floor(positionSeconds - start)),
    span:
      a === undefined || b === undefined
        ? undefined
        : { fromSeconds: Math.max(0, Math.floor(a - start)), toSeconds: Math.ceil(b - start) },
  }
}

/** The marks that a link's span stands for. */
export function marksOf(timeline: Timeline, lane: number, span: SecondSpan | undefined): Marks {
  const start = timeline.places[lane]?.startSeconds ?? 0
  return { a: span && start + span.fromSeconds, b: span && start + span.toSeconds }
}
