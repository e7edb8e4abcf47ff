import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { EngagementUserV1 } from '../../../contract/model/user.ts'
import { numberText } from '../../texts/amounts.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { associatesOf, customersOf } from '../people.ts'

export function CustomerCell({ engagement }: { readonly engagement: EngagementV1 }) {
  return <People people={customersOf(engagement)} />
}

export function AssociateCell({ engagement }: { readonly engagement: EngagementV1 }) {
  return <People people={associatesOf(engagement)} />
}

function People({ people }: { readonly people: readonly EngagementUserV1[] }) {
  const [first, ...others] = people
  if (first === undefined) return '-'
  const { unknown } = cellsTexts()
  const all = people.map(({ uri }) => uri ?? unknown).join(', ')
  return (
    <span title={all}>
      {first.uri ?? unknown}
      {others.length > 0 && <span className="muted"> +{numberText(others.length)}</span>}
    </span>
  )
}
