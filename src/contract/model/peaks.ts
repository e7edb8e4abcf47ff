/** `PeaksV1`: how loud a recording is along its time, which waveforms are drawn from (ours). */
import * as z from 'zod/mini'

/** So many stretches of equal length have each second. */
export const bucketsPerSecond = 20

export const peaksV1 = z.object({
  bucketsPerSecond: z.number().check(z.positive()),
  /** Base64 of one byte a bucket, see `levelOf`. */
  levels: z.string(),
})

export type PeaksV1 = z.infer<typeof peaksV1>

/** Below this nothing is told from silence, dBFS. */
export const floorDecibels = -60
export const loudestLevel = 255

/**
 * A level is linear in decibels: 0 is the floor or less, 255 full scale or more.
 * @param amplitude of the loudest sample, 1 being full scale
 */
export function levelOf(amplitude: number): number {
  if (!(amplitude > 0)) return 0
  const share = 1 - (20 * Math.log10(amplitude)) / floorDecibels
  return Math.round(Math.min(1, Math.max(0, share)) * loudestLevel)
}

/** The level of so many dBFS, as a fraction. */
export function levelAt(decibels: number): number {
  return (1 - decibels / floorDecibels) * loudestLevel
}
