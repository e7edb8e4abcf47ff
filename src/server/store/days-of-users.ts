/**
 * How many engagements of any of several users began on which days, each counted once. What users took part in overlaps, so sums of theirs
 * tell nothing; and having SQLite tell rows apart takes ten times as long as walking them. The keys of their engagements are read
 * once for each state of the tenant's, kept in a byte or two each, and marked off in a set of bits.
 */
import { type Kysely, sql } from 'kysely'
import { createKeptByVersion } from './kept-by-version.ts'
import type { ReadKeptDays } from './kept-days.ts'
import type { StatusCode, Tables } from './schema.ts'
import { dayMs } from './start-days.ts'
import { slot, type Template, template } from './statement.ts'
import type { StatementCache } from './statement-cache.ts'

/** In a range of fewer days the rows themselves are counted. */
export const fewestDays = 60
/** Of users and statuses; the busiest of ten million rows takes a fifth of a megabyte. */
const mostKept = 120
/** A set of as many bits takes 32 MB. */
const mostKeys = 2 ** 28

/** Days in their order, and how many engagements began before each of them and at the end. */
export interface CountedDays {
  readonly days: readonly number[]
  readonly passed: readonly number[]
}

/**
 * To be asked in the transaction that has read the version.
 * @param lastKey the last key that counts; absent: all do
 * @returns nothing where there are too many keys to be marked off
 */
export type CountDaysOfUsers = (
  tenant: number,
  people: readonly number[],
  version: string,
  status: StatusCode,
  lastKey: number | undefined,
) => CountedDays | undefined

/** What one user took part in, of one status. */
interface KeysByDay {
  readonly days: readonly number[]
  /** Where in the bytes each day ends. */
  readonly ends: readonly number[]
  /** Each key as its difference to the one before, seven bits a byte, the lowest bit for those below. */
  readonly bytes: Uint8Array
  readonly greatest: number
}

export function createDaysOfUsers(
  prepared: StatementCache,
  db: Kysely<Tables>,
  keptDays: ReadKeptDays,
): CountDaysOfUsers {
  const kept = createKeptByVersion<KeysByDay>(mostKept)
  const counted = createKeptByVersion<CountedDays>(mostKept)

  const read = (person: number, status: StatusCode, days: readonly number[]): KeysByDay => {
    const statement = prepared(`keys between ${status}`, () => keysBetween(db, status))
    // A day at a time along the index: for SQLite to tell the days apart it would sort.
    const keys = days.map((day) => {
      const [row] = statement.rows({ person, from: day * dayMs, until: (day + 1) * dayMs - 1 })
      return JSON.parse(`[${row?.[0] ?? ''}]`)
    })
    return { days, ...encode(keys) }
  }

  return (tenant, people, version, status, lastKey = Number.MAX_SAFE_INTEGER) => {
    const days = () => keptDays(tenant, version, status).lengths.map(({ day }) => day)
    const users = people.map((person) =>
      kept.of(`${person} ${status}`, version, () => read(person, status, days())),
    )
    const greatest = Math.max(...users.map((user) => user.greatest))
    if (greatest > mostKeys) return undefined
    return counted.of(`${people.join(' ')} ${status} ${lastKey}`, version, () =>
      count(users, greatest, lastKey),
    )
  }
}

/** How many of the days are before one. */
export function countedBefore({ days, passed }: CountedDays, day: number): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((days[middle] ?? day) < day) low = middle + 1
    else high = middle
  }
  return passed[low] ?? 0
}

function count(users: readonly KeysByDay[], greatest: number, lastKey: number): CountedDays {
  const met = new Uint8Array((greatest >> 3) + 1)
  const counts = new Map<number, number>()
  for (const { days, ends, bytes } of users) {
    let [at, key] = [0, 0]
    for (const [index, day] of days.entries()) {
      const end = ends[index] ?? 0
      let fresh = 0
      while (at < end) {
        let byte = bytes[at++] ?? 0
        let coded = byte & 0x7f
        for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
          byte = bytes[at++] ?? 0
          coded += (byte & 0x7f) * scale
        }
        key += coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
        if (key > lastKey) continue
        const bit = 1 << (key & 7)
        const of = met[key >> 3] ?? 0
        if ((of & bit) !== 0) continue
        met[key >> 3] = of | bit
        fresh++
      }
      counts.set(day, (counts.get(day) ?? 0) + fresh)
    }
  }
  const days = [...counts.keys()].sort((a, b) => a - b)
  let sum = 0
  return { days, passed: [0, ...days.map((day) => (sum += counts.get(day) ?? 0))] }
}

function encode(keysOfDays: readonly (readonly number[])[]): Omit<KeysByDay, 'days'> {
  // No difference of whole numbers that are kept exactly takes more.
  const most = 8
  let bytes = new Uint8Array(1024)
  let [length, last, greatest] = [0, 0, 0]
  const ends = keysOfDays.map((keys) => {
    for (const key of keys) {
      if (length + most > bytes.length) bytes = grown(bytes)
      const difference = key - last
      let coded = difference < 0 ? -2 * difference - 1 : 2 * difference
      for (; coded >= 0x80; coded = Math.floor(coded / 0x80)) bytes[length++] = (coded % 0x80) | 0x80
      bytes[length++] = coded
      last = key
      greatest = Math.max(greatest, key)
    }
    return length
  })
  return { ends, bytes: bytes.slice(0, length), greatest }
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(bytes.length * 2)
  more.set(bytes)
  return more
}

/** Slots: `person`, `from` and `until`, both starts and inclusive. Gives the keys as text, with commas. */
function keysBetween(db: Kysely<Tables>, status: StatusCode): Template {
  return template(
    db
      .selectFrom('participant')
      .select(sql<string | null>`group_concat(engagement)`.as('keys'))
      .where('person', '=', slot<number>('person'))
      .where('status', '=', sql.lit(status))
      .where('start_key', '>=', slot<number>('from'))
      .where('start_key', '<=', slot<number>('until')),
  )
}
