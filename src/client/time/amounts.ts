/** Seconds and bytes as people read them; units by their symbols, which are the same in every language. */
import { numberText } from '../texts/amounts.ts'
import { formatCache } from '../texts/format-cache.ts'
import { currentWording } from '../texts/in-language.ts'

/** `07:12`, or `1:07:12` from an hour on: as clocks show it, in every language. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`
}

/** `23 s`, `2 min 5 s`, `1 h 4 min`. */
export function waitText(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return amount(whole, 's')
  const minutes = Math.floor(whole / 60)
  if (whole < 3600) return sum([minutes, 'min'], [whole % 60, 's'])
  return sum([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
}

/** `873 B`, `71 kB`, `18.2 MB`: powers of a thousand. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return amount(bytes, 'B')
  if (bytes < 999_500) return amount(Math.round(bytes / 1000), 'kB')
  const tenths = oneDecimal(currentWording().locale)
  return bytes < 999_500_000 ? `${tenths.format(bytes / 1e6)} MB` : `${tenths.format(bytes / 1e9)} GB`
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `3 minutes ago`, in the language of the locale. */
export function relativeText(at: number, now: number): string {
  const distance = at - now
  const [unit, size] = steps.find(([, length]) => Math.abs(distance) >= length) ?? steps[3]
  return relative(currentWording().locale).format(Math.round(distance / size), unit)
}

function amount(value: number, unit: string): string {
  return `${numberText(value)} ${unit}`
}

/** The smaller one is left out where it is nothing. */
function sum(larger: readonly [number, string], smaller: readonly [number, string]): string {
  return smaller[0] === 0 ? amount(...larger) : `${amount(...larger)} ${amount(...smaller)}`
}

const oneDecimal = formatCache(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
)
const relative = formatCache((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
