/** A waveform as the path of an SVG: rounded bars about the middle, as far as the levels are known. */
import { levelAt, loudestLevel } from '../../../contract/model/peaks.ts'
import type { WaveformView } from './waveform.ts'

export const barsHeightPx = 38
const barWidthPx = 3
const barEveryPx = 5
const quietHeightPx = 1.4
const leastHeightPx = 4
const mostHeightPx = 34
/** Below this a bar would tell of noise, not of somebody who speaks. */
const quietest = levelAt(-48)

export interface Bars {
  /** Path data; empty where nothing is known. */
  readonly path: string
  /** Where the known part ends: the rest is drawn as a plain bar. */
  readonly knownPx: number
}

type Levels = Pick<WaveformView, 'levels' | 'bucketsPerSecond'>

/** @param fromSeconds the stretch of the recording that the width stands for, up to `toSeconds` */
export function drawBars(
  { levels, bucketsPerSecond }: Levels,
  { fromSeconds, toSeconds, widthPx }: { fromSeconds: number; toSeconds: number; widthPx: number },
): Bars {
  const pxOfBucket = widthPx / ((toSeconds - fromSeconds) * bucketsPerSecond)
  if (!(pxOfBucket > 0 && Number.isFinite(pxOfBucket))) return { path: '', knownPx: 0 }
  const firstBucket = fromSeconds * bucketsPerSecond
  const knownPx = Math.min(widthPx, Math.max(0, (levels.length - firstBucket) * pxOfBucket))
  let path = ''
  // A bar of which only a part is known would change: it waits.
  for (let x = 0; x + barEveryPx <= knownPx || (knownPx === widthPx && x + barWidthPx <= widthPx); ) {
    const next = x + barEveryPx
    const level = loudest(levels, firstBucket + x / pxOfBucket, firstBucket + next / pxOfBucket)
    path += bar(x, heightOf(level))
    x = next
  }
  return { path, knownPx }
}

function loudest(levels: Uint8Array, from: number, to: number): number {
  const first = Math.max(0, Math.floor(from))
  let loudestHere = 0
  for (let at = first; at < Math.max(to, first + 1); at++)
    loudestHere = Math.max(loudestHere, levels[at] ?? 0)
  return loudestHere
}

function heightOf(level: number): number {
  if (level <= quietest) return quietHeightPx
  const share = (level - quietest) / (loudestLevel - quietest)
  return leastHeightPx + share * (mostHeightPx - leastHeightPx)
}

function bar(x: number, heightPx: number): string {
  const top = (barsHeightPx - heightPx) / 2
  const radius = Math.min(barWidthPx, heightPx) / 2
  const straight = heightPx - 2 * radius
  const turn = `a${barWidthPx / 2} ${round(radius)} 0 0 1`
  return `M${x} ${round(top + radius)}${turn} ${barWidthPx} 0v${round(straight)}${turn} -${barWidthPx} 0z`
}

function round(px: number): number {
  return Math.round(px * 100) / 100
}
