/** What the player remembers on this device. Anything there may have been written by anybody, so all of it is checked. */
import * as z from 'zod/mini'
import { readDevice, writeDevice } from '../ui/keys.ts'
import { readSpeed, type Speed } from './speeds.ts'

const speedKey = 'hindsight.speed'
const volumeKey = 'hindsight.volume'
const positionsKey = 'hindsight.positions'

const keptPositions = 200
const positions = z.record(z.string(), z.number().check(z.nonnegative()))

export function recallSpeed(): Speed {
  return readSpeed(readDevice(speedKey)) ?? 1
}

export function rememberSpeed(speed: Speed): void {
  writeDevice(speedKey, String(speed))
}

/** 0 to 1. */
export function recallVolume(): number {
  const volume = Number(readDevice(volumeKey) ?? 1)
  return volume >= 0 && volume <= 1 ? volume : 1
}

export function rememberVolume(volume: number): void {
  writeDevice(volumeKey, String(volume))
}

/** Seconds from the recording's start. */
export function recallPosition(src: string): number {
  return recallPositions()[src] ?? 0
}

/** @param seconds undefined forgets, as when a recording was heard to its end */
export function rememberPosition(src: string, seconds: number | undefined): void {
  const { [src]: _, ...others } = recallPositions()
  // The latest goes last, so that the oldest are the ones dropped.
  const kept = Object.entries(others).slice(1 - keptPositions)
  if (seconds !== undefined) kept.push([src, Math.round(seconds * 10) / 10])
  writeDevice(positionsKey, JSON.stringify(Object.fromEntries(kept)))
}

function recallPositions(): Readonly<Record<string, number>> {
  try {
    const found = positions.safeParse(JSON.parse(readDevice(positionsKey) ?? '{}'))
    return found.success ? found.data : {}
  } catch {
    return {}
  }
}
