/** How the player is set on this device, whatever is played. Anything there may have been written by anybody, so it is checked. */
import { readDevice, writeDevice } from '../ui/keys.ts'
import { readSpeed, type Speed } from './speeds.ts'

const speedKey = 'hindsight.speed'
const volumeKey = 'hindsight.volume'
const skipsSilenceKey = 'hindsight.skips-silence'

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

export function recallSkipsSilence(): boolean {
  return readDevice(skipsSilenceKey) === 'on'
}

export function rememberSkipsSilence(on: boolean): void {
  writeDevice(skipsSilenceKey, on ? 'on' : undefined)
}
