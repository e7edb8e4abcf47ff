/** Where nobody speaks in any lane: what "skip silence" jumps over. */
import { levelAt, loudestLevel } from '../../../contract/model/peaks.ts'

/** One recording on the common timeline. */
export interface HeardLane {
  readonly startMs: number
  /** How long it sounds; beyond what the levels reach it is not known yet, and so never silent. */
  readonly durationMs: number
  /** From its beginning, linear in decibels; empty: nothing is known. */
  readonly levels: Uint8Array
  readonly bucketsPerSecond: number
}

export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** Shorter pauses belong to speaking. */
export const shortestSilenceMs = 1500
/** Left at both ends, so that no word is clipped and a pause is still heard as one. */
export const silenceMarginMs = 250

/** Speech in one recording spans about so much; what is further below its loud parts is the room. */
const belowSpeech = levelAt(-30)
const quietestThreshold = levelAt(-50)
const loudestThreshold = levelAt(-35)
const loudShare = 0.9

/**
 * Silent parts of the timeline, in order, apart from each other. Where no recording is, it is silent.
 * @param extentMs the timeline ends here
 */
export function silentSpans(lanes: readonly HeardLane[], extentMs: number): readonly TimeSpan[] {
  const sounding = lanes.flatMap(soundingSpans).sort((a, b) => a.fromMs - b.fromMs)
  const silent: TimeSpan[] = []
  let quietFromMs = 0
  for (const { fromMs, toMs } of [...sounding, { fromMs: extentMs, toMs: extentMs }]) {
    const quietToMs = Math.min(fromMs, extentMs)
    if (quietToMs - quietFromMs >= shortestSilenceMs)
      silent.push({ fromMs: quietFromMs + silenceMarginMs, toMs: quietToMs - silenceMarginMs })
    quietFromMs = Math.max(quietFromMs, toMs)
  }
  return silent
}

/** Where a lane is to be heard, or may be. */
function soundingSpans({ startMs, durationMs, levels, bucketsPerSecond }: HeardLane): TimeSpan[] {
  const threshold = silenceThreshold(levels)
  const timeMs = (bucket: number) => startMs + (bucket * 1000) / bucketsPerSecond
  const spans: TimeSpan[] = []
  let from: number | undefined
  for (let bucket = 0; bucket <= levels.length; bucket++) {
    const sounds = bucket < levels.length && (levels[bucket] ?? 0) > threshold
    if (sounds) from ??= bucket
    else if (from !== undefined) {
      spans.push({ fromMs: timeMs(from), toMs: timeMs(bucket) })
      from = undefined
    }
  }
  const known = timeMs(levels.length)
  const end = startMs + durationMs
  if (known < end) spans.push({ fromMs: known, toMs: end })
  return spans
}

/**
 * The level up to which a recording is silent: 30 dB below its loud parts, between -50 dBFS, for faint recordings, and
 * -35 dBFS, for loud ones in noisy rooms.
 */
export function silenceThreshold(levels: Uint8Array): number {
  const counts = new Uint32Array(loudestLevel + 1)
  let audible = 0
  for (const level of levels) {
    counts[level] = (counts[level] ?? 0) + 1
    if (level > quietestThreshold) audible += 1
  }
  // Loud compared with what is heard at all: in a long conversation each lane is silent most of the time.
  let quieter = audible * loudShare
  let loud = Math.ceil(quietestThreshold)
  for (let level = loud; level <= loudestLevel && quieter > 0; level++) {
    quieter -= counts[level] ?? 0
    loud = level
  }
  const threshold = loud - (loudestLevel - belowSpeech)
  return Math.min(loudestThreshold, Math.max(quietestThreshold, threshold))
}
