/**
 * How a media element that is a little off is brought back onto the clock: by playing a little faster or slower, pitch kept,
 * which nobody hears. Only what is far off is moved at once.
 */

export type Correction =
  | { readonly kind: 'rate'; readonly rate: number }
  /** Too far to be caught up with unheard. */
  | { readonly kind: 'jump' }

export const farOffSeconds = 0.35
/** Below this a correction would be as large as the errors of measuring. */
const goodEnoughSeconds = 0.006
const mostNudge = 0.2
const horizonSeconds = 0.3

/**
 * @param behindSeconds media seconds that the element is behind the clock; negative ahead
 * @param speed the speed of the clock
 * @param lookEverySeconds how long it may be until the next look: the error must not be corrected more than once
 */
export function correct(behindSeconds: number, speed: number, lookEverySeconds: number): Correction {
  // At twice the speed the ear allows twice the distance, and so does the same error of measuring.
  if (Math.abs(behindSeconds) > farOffSeconds * Math.max(1, speed)) return { kind: 'jump' }
  if (Math.abs(behindSeconds) < goodEnoughSeconds) return { kind: 'rate', rate: speed }
  const within = Math.max(horizonSeconds, lookEverySeconds)
  const nudge = Math.max(-mostNudge * speed, Math.min(mostNudge * speed, behindSeconds / within))
  return { kind: 'rate', rate: speed + nudge }
}
