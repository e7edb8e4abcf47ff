/** The one sentence that says what is shown, and how many rows of how many. */
import type { EngagementSort, EngagementStatus } from '../../../contract/query/engagement-query.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'
import { type SentencePart, value, words } from '../sentence-part.ts'

/** What the sentence says, each value in words already; what is absent is not said. */
export interface Said {
  readonly status: EngagementStatus
  readonly sort: EngagementSort
  /** Of how many so many were drawn; `of` absent: not known yet. */
  readonly drawn?: { readonly size: number; readonly of: number | undefined } | undefined
  readonly people?: string | undefined
  readonly started?: string | undefined
  readonly ended?: string | undefined
  readonly asOf?: string | undefined
}

const subjects = {
  successful: 'Successful engagements',
  unsuccessful: 'Unsuccessful engagements',
  all: 'All engagements',
} satisfies Record<EngagementStatus, string>

const drawnSubjects = {
  successful: 'successful engagements',
  unsuccessful: 'unsuccessful engagements',
  all: 'engagements',
} satisfies Record<EngagementStatus, string>

const orders = {
  newest: 'newest first',
  oldest: 'oldest first',
  longest: 'longest first',
  shortest: 'shortest first',
} satisfies Record<EngagementSort, string>

const english = {
  sentence({ status, sort, drawn, people, started, ended, asOf }: Said): SentencePart[] {
    const parts =
      drawn === undefined
        ? [words('subject', subjects[status])]
        : [
            value('drawn', `${numberText(drawn.size)} random`),
            words(
              'subject',
              ` of ${drawn.of === undefined ? '' : `${numberText(drawn.of)} `}${drawnSubjects[status]}`,
            ),
          ]
    if (people !== undefined) parts.push(words('with', ' with '), value('people', people))
    if (started !== undefined) parts.push(words('started', ', started '), value('start', started))
    if (ended !== undefined) parts.push(words('ended', ', ended '), value('end', ended))
    if (asOf !== undefined) parts.push(words('as of', ', as of '), value('moment', asOf))
    parts.push(words('order', `, ${orders[sort]}`))
    return parts
  },
  someOf: (named: readonly string[], more: number) => `${named.join(', ')} or ${numberText(more)} more`,
  rowsOf: (rows: string, total: string) => `${rows} of ${total}`,
  drawn: (count: string) => `${count} drawn`,
  noEngagements: 'No engagements',
}

export type SentenceTexts = typeof english
export const sentenceTexts = inLanguage('sentence', english)
