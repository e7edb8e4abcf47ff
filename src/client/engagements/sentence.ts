/** The one sentence that says what is shown. Its parts come apart so that the values can be set off. */
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { RollingRange } from '../../contract/query/page-query.ts'
import { rollingTexts } from '../time/presets.ts'
import { instantsText, rangeText } from '../time/range-text.ts'
import { formatTime } from '../time/zone.ts'

export interface SentencePart {
  /** Which part of the sentence it is; no two are the same. */
  readonly name: string
  readonly text: string
  /** A value the user chose. */
  readonly chosen: boolean
  /** More exactly. */
  readonly detail?: string
}

const subjects = {
  successful: 'Successful engagements',
  unsuccessful: 'Unsuccessful engagements',
  all: 'All engagements',
} as const

const drawnSubjects = {
  successful: 'successful engagements',
  unsuccessful: 'unsuccessful engagements',
  all: 'engagements',
} as const

const orders = {
  newest: 'newest first',
  oldest: 'oldest first',
  longest: 'longest first',
  shortest: 'shortest first',
} as const

const namedPeople = 2

/** What was drawn of how many; absent: not known yet. */
export interface Draw {
  readonly size: number
  readonly of: number | undefined
}

/** @param rolling the range that the starts of the query come from; absent: they were given */
export function sentence(
  query: EngagementQuery,
  zone: string,
  rolling?: RollingRange,
  draw?: Draw,
): SentencePart[] {
  const plain = (name: string, text: string): SentencePart => ({ name, text, chosen: false })
  const chosen = (name: string, text: string): SentencePart => ({ name, text, chosen: true })
  const { user, startAfter, startBefore, endAfter, endBefore, asOf } = query
  const parts =
    draw === undefined
      ? [plain('subject', subjects[query.status])]
      : [
          chosen('drawn', `${draw.size} random`),
          plain(
            'subject',
            ` of ${draw.of === undefined ? '' : `${numberText(draw.of)} `}${drawnSubjects[query.status]}`,
          ),
        ]
  if (user.length > 0) parts.push(plain('with', ' with '), chosen('people', peopleText(user)))
  if (startAfter !== undefined || startBefore !== undefined) {
    const range = { from: startAfter, to: startBefore }
    const text = rolling === undefined ? rangeText(range, zone) : rollingTexts[rolling]
    parts.push(plain('started', ', started '), {
      ...chosen('start', text),
      detail: instantsText(range, zone),
    })
  }
  if (endAfter !== undefined || endBefore !== undefined) {
    const range = rangeText({ from: endAfter, to: endBefore }, zone)
    parts.push(plain('ended', ', ended '), chosen('end', range))
  }
  if (asOf !== undefined) parts.push(plain('as of', ', as of '), chosen('moment', asOfText(asOf, zone)))
  parts.push(plain('order', `, ${orders[query.sort]}`))
  return parts
}

export function sentenceText(
  query: EngagementQuery,
  zone: string,
  rolling?: RollingRange,
  draw?: Draw,
): string {
  return sentence(query, zone, rolling, draw)
    .map(({ text }) => text)
    .join('')
}

/** Such as `24 Nov 2026 23:10:05`. */
export function asOfText(asOf: EpochMs | 'now', zone: string): string {
  return asOf === 'now' ? 'now' : formatTime(asOf, zone, 'dateTime')
}

/**
 * Such as "51–100 of 212", or "51–100 of 100+" until it is known how many there are.
 * @param total how many were counted; rows that are there and were not counted, as they were changed meanwhile, count too
 */
export function rowsText(offset: number, count: number, hasMore: boolean, total?: number): string {
  const last = offset + count
  const range = `${numberText(offset + 1)}–${numberText(last)}`
  if (hasMore && total === undefined) return `${range} of ${numberText(last)}+`
  return `${range} of ${numberText(Math.max(last, total ?? 0))}`
}

/** Such as "10 of 212". */
export function drawnText(count: number, total: number | undefined): string {
  return total === undefined ? `${numberText(count)} drawn` : `${numberText(count)} of ${numberText(total)}`
}

export function numberText(value: number): string {
  return value.toLocaleString('en')
}

function peopleText(user: readonly string[]): string {
  if (user.length <= namedPeople) return user.join(' or ')
  return `${user.slice(0, namedPeople).join(', ')} or ${user.length - namedPeople} more`
}
