/** Engagements of one store as what another one's writer takes. */
import type { IncomingEngagement, KeptEngagement } from '../engagement-writer.ts'

/** Of their recordings the rows come by themselves. */
export function incoming(engagements: readonly KeptEngagement[]): readonly IncomingEngagement[] {
  return engagements.map((moved) => ({ engagement: JSON.parse(moved.doc), held: [], moved }))
}
