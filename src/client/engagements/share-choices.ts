/** What the share sheet lets choose for a page, and in a sentence each what the receiver will see. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { Lacks } from '../source-parts.ts'
import { shareTexts } from '../texts/en/share.ts'
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
export function choicesOf(
  page: PageQuery,
  zone: string,
  moment: EpochMs | undefined,
  lacks: Lacks,
): OfferedChoice[] {
  const texts = shareTexts()
  const exactly = moment === undefined ? texts.rows.exactUnknown : texts.rows.exactAt(asOfText(moment, zone))
  const offered: OfferedChoice[] = [
    {
      part: 'rows',
      legend: texts.rows.legend,
      options: [
        // Rows of a moment can only be shown where they can be asked for.
        ...(lacks.has('asOf') ? [] : [{ value: 'exact' as const, label: texts.rows.exact, says: exactly }]),
        { value: 'rolling', label: texts.rows.rolling, says: texts.rows.rollingSays },
      ],
    },
  ]
  if (page.user.length > 0)
    offered.push({
      part: 'emails',
      legend: texts.emails.legend,
      options: [
        { value: 'with', label: texts.emails.withThem, says: texts.emails.names(page.user) },
        {
          value: 'without',
          label: texts.emails.withoutThem,
          says: texts.emails.namesNobody,
        },
      ],
    })
  offered.push({
    part: 'zone',
    legend: texts.zone.legend,
    options: [
      { value: 'sender', label: zone, says: texts.zone.sendersSays },
      {
        value: 'receiver',
        label: texts.zone.receivers,
        says: texts.zone.receiversSays,
      },
    ],
  })
  if (page.open !== undefined) {
    offered.push({
      part: 'opened',
      legend: texts.opened.legend,
      options: [
        {
          value: 'with',
          label: texts.opened.withIt,
          says:
            page.rec === undefined
              ? texts.opened.foundOpen
              : texts.opened.foundInPlayer(page.t === undefined ? undefined : clockText(page.t)),
        },
        { value: 'without', label: texts.opened.listAlone, says: texts.opened.nothingOpen },
      ],
    })
  }
  return offered
}
