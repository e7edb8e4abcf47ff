/** Model <-> JSON text, both directions side by side. */
import type * as z from 'zod/mini'
import { type EngagementListV1, type EngagementV1, engagementV1 } from '../model/engagement.ts'
import { knownNames, withKnownNames } from '../model/known-names.ts'
import { readFlag } from '../model/reading.ts'
import { recordingV1 } from '../model/recording.ts'
import { type FieldError, type UnreadRow, unreadRows } from '../model/unread-row.ts'
import { engagementUserV1 } from '../model/user.ts'
import { isAsWritten } from './as-written.ts'

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

const engagementNames = knownNames(engagementV1.shape, {
  users: knownNames(engagementUserV1.shape),
  recordings: knownNames(recordingV1.shape),
})

/** Reads one engagement from parsed JSON, liberally; what cannot be read is reported by field. */
export function readEngagement(parsed: unknown): Reading<EngagementV1> {
  // No object can be trusted with it: readers leave it out, or change what they have.
  if (typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, '__proto__'))
    return { ok: false, errors: [{ field: '__proto__', value: '', message: 'no field may be called so' }] }
  if (isAsWritten(parsed)) return { ok: true, value: parsed }
  const given = withKnownNames(parsed, engagementNames)
  const result = engagementV1.safeParse(given)
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, errors: result.error.issues.map((issue) => fieldError(given, issue)) }
}

/** The text of one engagement: fields in the contract's order, absent ones left out, unknown ones last. */
export function writeEngagement(engagement: EngagementV1): string {
  return JSON.stringify(inOrder(engagement))
}

/**
 * The text of a page whose engagements are ready texts: nothing is parsed or written again.
 * @param unread rows that stood in the page where it came from, and could not be read
 */
export function writeEngagementList(
  hasMore: boolean,
  engagements: readonly string[],
  unread: readonly UnreadRow[] = [],
): string {
  const told = unread.length === 0 ? '' : `,"unread":${JSON.stringify(unread)}`
  return `{"hasMore":${hasMore},"engagements":[${engagements.join(',')}]${told}}`
}

/** A page has a hundred; whoever sends so many more that telling of each would be a flood sends something else. */
const mostListed = 1000

const listNames = knownNames({ hasMore: true, engagements: true, unread: true })

/**
 * Reads a page: rows that cannot be read are listed beside those that can, by their index, and so are those that whoever
 * gave the page could not read.
 * @param limit rows asked for: a page that does not say whether more follow has more where it is full
 */
export function readEngagementList(
  parsed: unknown,
  limit = Number.POSITIVE_INFINITY,
): Reading<EngagementListV1 & { readonly unread: readonly UnreadRow[] }> {
  const given = withKnownNames(parsed, listNames)
  const list = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}
  const listed = 'engagements' in list ? list.engagements : undefined
  const more = 'hasMore' in list ? readFlag(list.hasMore) : undefined
  // An empty list may be left out, by those who leave out whatever is empty; then something else has to say it is a page.
  if (listed === undefined || listed === null ? more === undefined : typeof listed !== 'object') {
    return {
      ok: false,
      errors: [{ field: 'engagements', value: shortJson(given), message: 'expected a list of engagements' }],
    }
  }
  const listedRows = [listed ?? []].flat()
  if (listedRows.length > mostListed) {
    const message = `expected no more than ${mostListed} engagements`
    return { ok: false, errors: [{ field: 'engagements', value: `${listedRows.length} of them`, message }] }
  }
  const rows = listedRows.map(readEngagement)
  // Whatever else somebody may call so is a field that we do not know.
  const before = ('unread' in list ? unreadRows.safeParse(list.unread).data : undefined) ?? []
  return {
    ok: true,
    value: {
      hasMore: more ?? rows.length + before.length >= limit,
      engagements: rows.flatMap((row) => (row.ok ? [row.value] : [])),
      unread: [
        ...before,
        ...rows.flatMap((row, index) => (row.ok ? [] : [{ row: index, errors: row.errors }])),
      ],
    },
  }
}

const fieldOrder: readonly string[] = Object.keys(engagementV1.shape)

/** By entries: a field that nobody knows may be called like what every object has, such as `constructor`. */
function inOrder(engagement: EngagementV1): Record<string, unknown> {
  const ordered: [string, unknown][] = []
  for (const name of fieldOrder) if (engagement[name] !== undefined) ordered.push([name, engagement[name]])
  for (const name of Object.keys(engagement))
    if (!engagementNames.names.has(name)) ordered.push([name, engagement[name]])
  return Object.fromEntries(ordered)
}

function fieldError(given: unknown, issue: z.core.$ZodIssue): FieldError {
  let value = given
  let field = ''
  for (const step of issue.path) {
    field += typeof step === 'number' ? `[${step}]` : `${field === '' ? '' : '.'}${String(step)}`
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  }
  return { field: field === '' ? '(the whole)' : field, value: shortJson(value), message: issue.message }
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
