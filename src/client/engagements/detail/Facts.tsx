import { type EngagementV1, engagementV1 } from '../../../contract/model/engagement.ts'
import { waitText } from '../../time/amounts.ts'
import { formatTime } from '../../time/zone.ts'
import { useRow } from '../row-context.ts'
import { FactList } from './FactList.tsx'

const known = new Set(Object.keys(engagementV1.shape))

export function Facts({ engagement }: { readonly engagement: EngagementV1 }) {
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
    ['Ended', endDate === undefined ? 'still open' : formatTime(Date.parse(endDate), zone, 'dateTime')],
    ['Waited', pendingTime === undefined ? undefined : waitText(pendingTime)],
    ['Started by', associateInitiated ? 'associate' : 'customer'],
    ['Outcome', status],
    ['Release', releaseState],
    ['Reason', reason],
    ['Contents', contents?.toLowerCase()],
    ['Team', assignedTeam],
    ['Id', id],
    // Whatever else the source tells is shown as it came.
    ...Object.entries(engagement)
      .filter(([name, value]) => !known.has(name) && value !== undefined)
      .map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  ]
  return <FactList title="Facts" facts={facts} />
}
