/** The one sentence that says what is shown. Its parts come apart so that the values can be set off. */
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { RollingRange } from '../../contract/query/page-query.ts'
import { anyOf, numberText } from '../texts/amounts.ts'
import { sentenceTexts } from '../texts/en/sentence.ts'
import { timesTexts } from '../texts/en/times.ts'
import { isolated } from '../texts/isolated.ts'
import type { SentencePart } from '../texts/sentence-part.ts'
import { instantsText, rangeText } from '../time/range-text.ts'
import { formatTime } from '../time/zone.ts'

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
  const { status, sort, user, startAfter, startBefore, endAfter, endBefore, asOf } = query
  const started = { from: startAfter, to: startBefore }
  const startGiven = startAfter !== undefined || startBefore !== undefined
  const endGiven = endAfter !== undefined || endBefore !== undefined
  const parts = sentenceTexts().sentence({
    status,
    sort,
    drawn: draw,
    people: user.length === 0 ? undefined : peopleText(user),
    started: !startGiven
      ? undefined
      : rolling === undefined
        ? rangeText(started, zone)
        : timesTexts().rolling[rolling],
    ended: endGiven ? rangeText({ from: endAfter, to: endBefore }, zone) : undefined,
    asOf: asOf === undefined ? undefined : asOfText(asOf, zone),
  })
  return parts.map((part) =>
    part.name === 'start' ? { ...part, detail: instantsText(started, zone) } : part,
  )
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
  return asOf === 'now' ? timesTexts().now : isolated(formatTime(asOf, zone, 'dateTime'))
}

/**
 * Such as "51–100 of 212", or "51–100 of 100+" until it is known how many there are.
 * @param total how many were counted; rows that are there and were not counted, as they were changed meanwhile, count too
 */
export function rowsText(offset: number, count: number, hasMore: boolean, total?: number): string {
  const { rowsOf } = sentenceTexts()
  const last = offset + count
  const range = `${isolated(numberText(offset + 1))}–${isolated(numberText(last))}`
  if (hasMore && total === undefined) return rowsOf(range, `${isolated(numberText(last))}+`)
  return rowsOf(range, numberText(Math.max(last, total ?? 0)))
}

/** Such as "10 of 212". */
export function drawnText(count: number, total: number | undefined): string {
  const texts = sentenceTexts()
  return total === undefined
    ? texts.drawn(numberText(count))
    : texts.rowsOf(numberText(count), numberText(total))
}

function peopleText(user: readonly string[]): string {
  const named = user.map(isolated)
  if (named.length <= namedPeople) return anyOf(named)
  return sentenceTexts().someOf(named.slice(0, namedPeople), named.length - namedPeople)
}
