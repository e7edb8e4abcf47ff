/** The one sentence that says what is shown. Its parts come apart so that the values can be set off. */
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { rangeText } from '../time/range-text.ts'
import { formatTime } from '../time/zone.ts'

export interface SentencePart {
  /** Which part of the sentence it is; no two are the same. */
  readonly name: string
  readonly text: string
  /** A value the user chose. */
  readonly chosen: boolean
}

const subjects = {
  successful: 'Successful engagements',
  unsuccessful: 'Unsuccessful engagements',
  all: 'All engagements',
} as const

const orders = {
  newest: 'newest first',
  oldest: 'oldest first',
  longest: 'longest first',
  shortest: 'shortest first',
} as const

const namedPeople = 2

export function sentence(query: EngagementQuery, zone: string): SentencePart[] {
  const plain = (name: string, text: string): SentencePart => ({ name, text, chosen: false })
  const chosen = (name: string, text: string): SentencePart => ({ name, text, chosen: true })
  const { user, startAfter, startBefore, endAfter, endBefore, asOf } = query
  const parts = [plain('subject', subjects[query.status])]
  if (user.length > 0) parts.push(plain('with', ' with '), chosen('people', peopleText(user)))
  if (startAfter !== undefined || startBefore !== undefined) {
    const range = rangeText({ from: startAfter, to: startBefore }, zone)
    parts.push(plain('started', ', started '), chosen('start', range))
  }
  if (endAfter !== undefined || endBefore !== undefined) {
    const range = rangeText({ from: endAfter, to: endBefore }, zone)
    parts.push(plain('ended', ', ended '), chosen('end', range))
  }
  if (asOf !== undefined) parts.push(plain('as of', ', as of '), chosen('moment', asOfText(asOf, zone)))
  parts.push(plain('order', `, ${orders[query.sort]}`))
  return parts
}

export function sentenceText(query: EngagementQuery, zone: string): string {
  return sentence(query, zone)
    .map(({ text }) => text)
    .join('')
}

/** Such as `24 Nov 2026 23:10:05`. */
export function asOfText(asOf: EpochMs | 'now', zone: string): string {
  return asOf === 'now' ? 'now' : formatTime(asOf, zone, 'dateTime')
}

/** Such as "51–73 of 73", or "51–100 of 100+" while more may follow. */
export function rowsText(offset: number, count: number, hasMore: boolean): string {
  const last = offset + count
  return `${offset + 1}–${last} of ${last}${hasMore ? '+' : ''}`
}

function peopleText(user: readonly string[]): string {
  if (user.length <= namedPeople) return user.join(' or ')
  return `${user.slice(0, namedPeople).join(', ')} or ${user.length - namedPeople} more`
}
