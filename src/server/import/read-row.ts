/** The text of one engagement to an engagement with an id, or the reasons why it is none. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { readEngagement } from '../../contract/representation/json.ts'
import type { JsonElement } from './json-element.ts'

export type Identified = EngagementV1 & { readonly id: string }

export interface Reject {
  /** Where the row begins, counted from 1. */
  readonly line: number
  readonly reason: string
  /** The row as it came: parsed where it is JSON, else its text; absent when it was too large to hold. */
  readonly row?: unknown
}

export type RowReading =
  | { readonly engagement: Identified; readonly row: unknown }
  | { readonly reject: Reject }

const longestId = 1024
const decoder = new TextDecoder('utf-8', { fatal: true })

export function readRow(element: JsonElement): RowReading {
  const { line } = element
  if (element.kind === 'damage') return { reject: { line, reason: element.reason } }
  let text: string
  try {
    text = decoder.decode(element.bytes)
  } catch {
    return { reject: { line, reason: 'not UTF-8', row: element.bytes.toString('latin1') } }
  }
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch (error) {
    return {
      reject: { line, reason: `not JSON: ${error instanceof Error ? error.message : error}`, row: text },
    }
  }
  const reading = readEngagement(row)
  if (!reading.ok) {
    const reason = reading.errors
      .map(({ field, value, message }) => `${field}: ${message}, not ${value}`)
      .join('; ')
    return { reject: { line, reason, row } }
  }
  const { value } = reading
  if (isIdentified(value)) return { engagement: value, row }
  return { reject: { line, reason: `id: ${idFault(value.id)}`, row } }
}

export function isIdentified(engagement: EngagementV1): engagement is Identified {
  return idFault(engagement.id) === undefined
}

/** What is wrong with an engagement's id. */
export function idFault(id: string | undefined): string | undefined {
  if (id === undefined || id === '') return 'missing; every engagement needs one'
  return id.length > longestId ? `longer than ${longestId} characters` : undefined
}
