import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { relativeText } from '../../time/amounts.ts'
import { formatTime } from '../../time/zone.ts'
import { useRow } from '../row-context.ts'

export function StartedCell({ engagement: { startDate } }: { readonly engagement: EngagementV1 }) {
  const { zone } = useRow()
  if (startDate === undefined) return '-'
  const at = Date.parse(startDate)
  return (
    <time dateTime={startDate} title={relativeText(at, Date.now())}>
      {formatTime(at, zone, 'dateTime')}
    </time>
  )
}
