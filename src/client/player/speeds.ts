/** How fast a recording may play. Pitch is kept, so voices stay intelligible to about three times. */

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

export type Speed = (typeof speeds)[number]

/** @returns the speed that a text stands for, if it is one of ours */
export function readSpeed(text: string | undefined): Speed | undefined {
  return speeds.find((speed) => String(speed) === text)
}

/** One step slower or faster, and never out of the list. */
export function stepSpeed(speed: Speed, step: 1 | -1): Speed {
  return speeds[speeds.indexOf(speed) + step] ?? speed
}
