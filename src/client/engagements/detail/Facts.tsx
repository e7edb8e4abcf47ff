import { type EngagementV1, engagementV1 } from '../../../contract/model/engagement.ts'
import { detailTexts } from '../../texts/en/detail.ts'
import { wordOf } from '../../texts/word-of.ts'
import { waitText } from '../../time/amounts.ts'
import { formatTime } from '../../time/zone.ts'
import { useRow } from '../row-context.ts'
import { FactList } from './FactList.tsx'

const known = new Set(Object.keys(engagementV1.shape))

export function Facts({ engagement }: { readonly engagement: EngagementV1 }) {
  const texts = detailTexts()
  const { zone } = useRow()
  const {
    endDate,
    pendingTime,
    associateInitiated,
    releaseState,
    status,
    reason,
    contents,
    assignedTeam,
    id,
  } = engagement
  const facts: [string, string | undefined][] = [
    [
      texts.ended,
      endDate === undefined ? texts.stillOpen : formatTime(Date.parse(endDate), zone, 'dateTime'),
    ],
    [texts.waited, pendingTime === undefined ? undefined : waitText(pendingTime)],
    [texts.startedBy, associateInitiated ? texts.associate : texts.customer],
    [texts.outcome, status === undefined ? undefined : wordOf(texts.outcomes, status)],
    [texts.release, releaseState === undefined ? undefined : wordOf(texts.releases, releaseState)],
    [texts.reason, reason],
    [texts.contents, contents === undefined ? undefined : wordOf(texts.contentKinds, contents.toLowerCase())],
    [texts.team, assignedTeam],
    [texts.id, id],
    // Whatever else the source tells is shown as it came.
    ...Object.entries(engagement)
      .filter(([name, value]) => !known.has(name) && value !== undefined)
      .map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  ]
  return <FactList title={texts.facts} facts={facts} />
}
