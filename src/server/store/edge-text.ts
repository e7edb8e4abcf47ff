/** Edges of buckets as text: the same few days and hours again and again, and writing a date takes longer than counting. */
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { dayMs } from './start-days.ts'

const mostKept = 10_000
const dates = new Map<number, string>()
const times = new Map<number, string>()

/** As `formatInstant` writes it. */
export function edgeText(at: EpochMs): string {
  const day = Math.floor(at / dayMs)
  return kept(dates, day, () => dateOf(at)) + kept(times, at - day * dayMs, () => timeOf(at))
}

function kept(texts: Map<number, string>, key: number, make: () => string): string {
  const known = texts.get(key)
  if (known !== undefined) return known
  if (texts.size >= mostKept) texts.clear()
  const made = make()
  texts.set(key, made)
  return made
}

function dateOf(at: EpochMs): string {
  const text = formatInstant(at)
  return text.slice(0, text.indexOf('T'))
}

function timeOf(at: EpochMs): string {
  const text = formatInstant(at)
  return text.slice(text.indexOf('T'))
}
