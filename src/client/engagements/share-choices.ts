/** What the share sheet lets choose for a page, and in a sentence each what the receiver will see. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { clockText } from '../time/amounts.ts'
import { asOfText } from './sentence.ts'
import type { ShareChoices } from './share-link.ts'

interface ShareOption<V> {
  readonly value: V
  readonly label: string
  readonly says: string
}

type ChoiceOf<Part extends keyof ShareChoices> = {
  readonly part: Part
  readonly legend: string
  readonly options: readonly ShareOption<ShareChoices[Part]>[]
}

export type OfferedChoice = { [Part in keyof ShareChoices]: ChoiceOf<Part> }[keyof ShareChoices]

/** Only what makes a difference for this page is offered. */
export function choicesOf(page: PageQuery, zone: string, moment: EpochMs | undefined): OfferedChoice[] {
  const exactly =
    moment === undefined
      ? 'The dates stay as they are; engagements that arrive later are seen too, as the moment is not known here.'
      : `The engagements that had arrived by ${asOfText(moment, zone)}, as you see them. Later ones are left out, and their number is told.`
  const offered: OfferedChoice[] = [
    {
      part: 'rows',
      legend: 'Engagements',
      options: [
        { value: 'exact', label: 'Exact', says: exactly },
        { value: 'rolling', label: 'Rolling', says: 'Whatever matches when the link is opened.' },
      ],
    },
  ]
  if (page.user.length > 0)
    offered.push({
      part: 'emails',
      legend: 'Users',
      options: [
        { value: 'with', label: 'With emails', says: `The link names ${page.user.join(', ')}.` },
        {
          value: 'without',
          label: 'Without emails',
          says: 'The link names nobody, so the receiver sees the engagements of all users.',
        },
      ],
    })
  offered.push({
    part: 'zone',
    legend: 'Time zone',
    options: [
      { value: 'sender', label: zone, says: 'Times and days as you see them.' },
      {
        value: 'receiver',
        label: 'The receiver’s own',
        says: 'The same moments by their own clock; a range may begin within a day.',
      },
    ],
  })
  if (page.open !== undefined) {
    const at = page.t === undefined ? '' : ` at ${clockText(page.t)}`
    offered.push({
      part: 'opened',
      legend: 'What is open',
      options: [
        {
          value: 'with',
          label: 'With the open engagement',
          says:
            page.rec === undefined
              ? 'The receiver finds it open.'
              : `The receiver finds it open, and its recording${at} in the player.`,
        },
        { value: 'without', label: 'The list alone', says: 'The receiver finds nothing open.' },
      ],
    })
  }
  return offered
}
