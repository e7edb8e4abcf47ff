/** What the player shows of its transport. Positions are seconds from the timeline's beginning. */
import type { Speed } from '../speeds.ts'
import type { LaneCondition } from './lane.ts'
import type { Mix } from './mix.ts'
import type { Timeline } from './timeline.ts'

/** Gathering: lanes go to their places. Starting: they were told to play, and not all sound yet. */
export type Phase = 'paused' | 'gathering' | 'starting' | 'running'

export interface Span {
  readonly fromSeconds: number
  readonly toSeconds: number
}

/** Whoever comes to B goes back to A, where both are set. */
export interface Marks {
  readonly a: number | undefined
  readonly b: number | undefined
}

export interface LaneView {
  readonly condition: LaneCondition
  /** Seconds that the record promises and the media do not have; 0 where nothing is missing. */
  readonly missingSeconds: number
}

export interface TransportView {
  /** What the listener wants; while lanes are gathered nothing is heard yet. */
  readonly playing: boolean
  /** The lanes that all others wait for, once that is worth words. */
  readonly heldBy: readonly number[]
  readonly ended: boolean
  readonly positionSeconds: number
  readonly speed: Speed
  readonly mix: Mix
  /** 0 to 1. */
  readonly volume: number
  readonly marks: Marks
  readonly skipsSilence: boolean
  readonly timeline: Timeline
  readonly lanes: readonly LaneView[]
}
