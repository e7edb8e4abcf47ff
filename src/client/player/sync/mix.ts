/** Who is heard, and how loud. */

export interface Mix {
  /** The one lane, counted from 0, that is heard alone. */
  readonly solo?: number | undefined
  readonly muted: readonly number[]
  /** By lane, 0 to 1; a lane without one is at 1. */
  readonly volumes: Readonly<Record<number, number>>
}

export const everybody: Mix = { muted: [], volumes: {} }

/** How loud a lane is, 0 to 1. Whoever is heard alone is heard, muted or not. */
export function loudness({ solo, muted, volumes }: Mix, lane: number, master: number): number {
  const heard = solo === undefined ? !muted.includes(lane) : solo === lane
  return heard ? (volumes[lane] ?? 1) * master : 0
}

export function toggleSolo(mix: Mix, lane: number): Mix {
  return { ...mix, solo: mix.solo === lane ? undefined : lane }
}

/** Muting the lane that is heard alone, or unmuting while another is, ends the solo: the press must be heard. */
export function toggleMute(mix: Mix, lane: number): Mix {
  const silent = loudness({ ...mix, volumes: {} }, lane, 1) === 0
  const others = mix.muted.filter((one) => one !== lane)
  return { ...mix, solo: undefined, muted: silent ? others : [...others, lane].toSorted((a, b) => a - b) }
}

export function setVolume(mix: Mix, lane: number, volume: number): Mix {
  return { ...mix, volumes: { ...mix.volumes, [lane]: volume } }
}
