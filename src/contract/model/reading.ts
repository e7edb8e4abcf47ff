/**
 * Being liberal in what is read (an upstream's answer, an imported file): one schema a kind of field, each accepting what
 * the reference leaves open and giving back one form. null and absent are the same: absent.
 */
import * as z from 'zod/mini'
import { type EpochMs, formatInstant, parseInstant } from '../query/instant.ts'

// Seconds up to the year 5138, milliseconds from 1973 on: the two never meet in a call centre's history.
const firstMilliseconds = 1e11
const lastInstant = 8.64e15

/** ISO strings with or without zone, bare dates, epoch numbers or numeric strings in seconds or milliseconds → `2018-01-15T10:25:11Z`. */
const instantText = z.pipe(
  z.union([z.string(), z.number()], { error: 'expected a date' }),
  z.transform((given, context) => {
    const at = readInstant(given)
    if (at !== undefined && Math.abs(at) <= lastInstant) {
      const text = formatInstant(at)
      // Years past 9999 would be written with a sign that no reader of the contract expects.
      if (/^\d{4}-/.test(text)) return text
    }
    context.issues.push({
      code: 'custom',
      input: given,
      message: 'expected a date: ISO 8601, or epoch seconds or milliseconds',
    })
    return z.NEVER
  }),
)

function readInstant(given: string | number): EpochMs | undefined {
  if (typeof given === 'number') return epochMs(given)
  const text = given.trim()
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return epochMs(Number(text))
  const at = parseInstant(text.replace(iso, usualIso), 'after')
  return typeof at === 'number' ? at : undefined
}

/** As other writers have it: Java leaves out seconds that are 0, and an offset's colon, and may name the zone behind it (RFC 9557). */
const iso =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?:(:\d\d)(?:[.,](\d{1,9})\d*)?)?(?:([+-]\d\d)(?::?(\d\d))?|(Z?))(?:\[[^\]]*\])?$/i

function usualIso(_: string, day: string, time: string, seconds = ':00', ...rest: (string | undefined)[]) {
  const [fraction = '0', hours, minutes = '00', zone = ''] = rest
  return `${day}T${time}${seconds}.${fraction}${hours === undefined ? zone : `${hours}:${minutes}`}`
}

function epochMs(value: number): EpochMs {
  return Math.round(Math.abs(value) < firstMilliseconds ? value * 1000 : value)
}

/** A finite number of seconds or bytes, zero or more, or a string of one. */
const amountValue = z.pipe(
  z.union([z.string(), z.number()], { error: 'expected a number' }),
  z.transform((given, context) => {
    const value = typeof given === 'number' ? given : given.trim() === '' ? Number.NaN : Number(given)
    if (Number.isFinite(value) && value >= 0) return value
    context.issues.push({ code: 'custom', input: given, message: 'expected a number, zero or more' })
    return z.NEVER
  }),
)

const flagValue = z.pipe(
  z.union([z.boolean(), z.string(), z.number()], { error: 'expected true or false' }),
  z.transform((given, context) => {
    const flag = readFlag(given)
    if (flag !== undefined) return flag
    context.issues.push({ code: 'custom', input: given, message: 'expected true or false' })
    return z.NEVER
  }),
)

/** @returns undefined for what is neither true nor false */
export function readFlag(given: unknown): boolean | undefined {
  const word = String(given).trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' ? false : undefined
}

const stringValue = z.pipe(
  z.union([z.string(), z.number()], { error: 'expected a string' }),
  z.transform((given) => String(given)),
)

function absentOr<S extends z.ZodMiniType>(schema: S) {
  return z.optional(
    z.pipe(
      z.nullish(schema),
      z.transform((given) => given ?? undefined),
    ),
  )
}

export const date = absentOr(instantText)
export const amount = absentOr(amountValue)
export const text = absentOr(stringValue)
/** Absent means the customer started it, as false does. */
export const flag = z._default(
  z.pipe(
    z.nullish(flagValue),
    z.transform((given) => given ?? false),
  ),
  false,
)
/** A known word in whichever letter case, and any other as it is. @param known in the form they are written in */
export function word(...known: readonly string[]) {
  const written = new Map(known.map((one) => [one.toLowerCase(), one]))
  return absentOr(
    z.pipe(
      stringValue,
      z.transform((given) => written.get(given.trim().toLowerCase()) ?? given),
    ),
  )
}

/** A text that others give as the object which it is the JSON of. */
export const jsonText = absentOr(
  z.pipe(
    z.union([z.string(), z.number(), z.record(z.string(), z.unknown())], { error: 'expected a string' }),
    z.transform((given) => (typeof given === 'object' ? JSON.stringify(given) : String(given))),
  ),
)

/** A repeated field: a list, or, as some XML-to-JSON bridges write it, the one thing alone. */
export function listOf<S extends z.ZodMiniType>(item: S) {
  return absentOr(
    z.pipe(
      z.transform((given: unknown) =>
        given === null || given === undefined || Array.isArray(given) ? given : [given],
      ),
      z.nullish(z.array(item)),
    ),
  )
}
