/** A time zone by its name in the IANA database. */
import { type Param, text } from './param.ts'

export function zone(doc: string): Param<string | undefined> {
  return text('a time zone such as Europe/Berlin', doc, { longest: 64, valid: isZone })
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
