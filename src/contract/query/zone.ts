/** A time zone by its name in the IANA database. */
import { type Param, text } from './param.ts'

export function zone(doc: string): Param<string | undefined> {
  return text('a time zone such as Europe/Berlin', doc, { longest: 64, valid: isZone })
}

function isZone(name: string): boolean {
  try {
    return zoneOf(name) !== ''
  } catch {
    return false
  }
}

/**
 * The one name by which the platform knows a zone, however it was written: what is kept of zones is kept by it, since letters may
 * be of either case, and there is no end of ways to write one.
 * @throws RangeError where there is no such zone
 */
export function zoneOf(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  if (names.size >= keptNames) names.clear()
  names.set(name, zone)
  return zone
}

/** By how they were written. Asking the platform takes longer than a whole histogram. */
const names = new Map<string, string>()
const keptNames = 64
