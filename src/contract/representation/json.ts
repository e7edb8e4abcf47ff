/** Model <-> JSON text, both directions side by side. */
import type * as z from 'zod/mini'
import { type EngagementListV1, type EngagementV1, engagementV1 } from '../model/engagement.ts'

/** One field that could not be read: `recordings[0].created`, the value as JSON (shortened), and what was expected. */
export interface FieldError {
  readonly field: string
  readonly value: string
  readonly message: string
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Reads one engagement from parsed JSON, liberally; what cannot be read is reported by field. */
export function readEngagement(given: unknown): Reading<EngagementV1> {
  const result = engagementV1.safeParse(given)
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, errors: result.error.issues.map((issue) => fieldError(given, issue)) }
}

/** The text of one engagement: fields in the contract's order, absent ones left out, unknown ones last. */
export function writeEngagement(engagement: EngagementV1): string {
  return JSON.stringify(inOrder(engagement))
}

/** The text of a page whose engagements are ready texts: nothing is parsed or written again. */
export function writeEngagementList(hasMore: boolean, engagements: readonly string[]): string {
  return `{"hasMore":${hasMore},"engagements":[${engagements.join(',')}]}`
}

/** Reads a page: rows that cannot be read are listed beside those that can, by their index. */
export function readEngagementList(given: unknown): Reading<
  EngagementListV1 & {
    readonly unread: readonly { readonly row: number; readonly errors: readonly FieldError[] }[]
  }
> {
  if (
    typeof given !== 'object' ||
    given === null ||
    !('engagements' in given) ||
    !Array.isArray(given.engagements)
  ) {
    return {
      ok: false,
      errors: [{ field: 'engagements', value: shortJson(given), message: 'expected a list of engagements' }],
    }
  }
  const hasMore = 'hasMore' in given && (given.hasMore === true || given.hasMore === 'true')
  const rows = given.engagements.map(readEngagement)
  return {
    ok: true,
    value: {
      hasMore,
      engagements: rows.flatMap((row) => (row.ok ? [row.value] : [])),
      unread: rows.flatMap((row, index) => (row.ok ? [] : [{ row: index, errors: row.errors }])),
    },
  }
}

const fieldOrder: readonly string[] = Object.keys(engagementV1.shape)

function inOrder(engagement: EngagementV1): Record<string, unknown> {
  const ordered: Record<string, unknown> = {}
  for (const name of fieldOrder) if (engagement[name] !== undefined) ordered[name] = engagement[name]
  for (const name of Object.keys(engagement)) if (!(name in ordered)) ordered[name] = engagement[name]
  return ordered
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
