import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { EngagementUserV1 } from '../../../contract/model/user.ts'
import { numberText } from '../../texts/amounts.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { cutText } from '../../ui/cut-text.ts'
import { GivenText } from '../../ui/GivenText.tsx'
import { associatesOf, customersOf } from '../people.ts'

export function CustomerCell({ engagement }: { readonly engagement: EngagementV1 }) {
  return <People people={customersOf(engagement)} />
}

export function AssociateCell({ engagement }: { readonly engagement: EngagementV1 }) {
  return <People people={associatesOf(engagement)} />
}

const longestTitle = 2000

function People({ people }: { readonly people: readonly EngagementUserV1[] }) {
  const [first, ...others] = people
  if (first === undefined) return '-'
  const { unknown } = cellsTexts()
  // A line each: so none turns the direction of another.
  const all = cutText(people.map(({ uri }) => cutText(uri ?? unknown)).join('\n'), longestTitle)
  return (
    <span title={all}>
      <GivenText longest={120}>{first.uri ?? unknown}</GivenText>
      {others.length > 0 && <span className="muted"> +{numberText(others.length)}</span>}
    </span>
  )
}
