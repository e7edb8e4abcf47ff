/**
 * Ids and emails of any length in indexes whose rows have at most 2,704 bytes
 * (https://www.postgresql.org/docs/18/btree.html). What is longer than that leaves room for is cut after whole characters,
 * and ends with the last character there is: it sorts as the whole text does, but beside others that begin alike, which the
 * whole texts in the tables `long_id` and `long_email` tell apart.
 */
import { createHash } from 'node:crypto'
import { escapeText } from './text-escape.ts'

/** Of UTF-8, as the database has it. */
export const mostIndexedBytes = 2500
const last = '\u{10ffff}'

/** What comes from the database as cut is long as well. */
export function isLong(text: string): boolean {
  // A unit of UTF-16 is three bytes at most.
  return text.length * 3 > mostIndexedBytes && cut(text) !== undefined
}

/** What an id is sorted by. */
export function sortedAs(text: string): string {
  return isLong(text) ? `${cut(text)}${last}` : text
}

/** What an id or an email is found by: its own, however others begin. The database can make the hash as well. */
export function foundAs(text: string): string {
  return isLong(text)
    ? `${sortedAs(text)}${createHash('sha256').update(escapeText(text)).digest('hex')}`
    : text
}

/** @returns nothing where no end is left out */
function cut(text: string): string | undefined {
  let bytes = 0
  let at = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    // The first two are written as two each.
    bytes += code < 2 ? 2 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes > mostIndexedBytes) return text.slice(0, at)
    at += character.length
  }
  return undefined
}
