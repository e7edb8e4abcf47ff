/**
 * What the engagements of this tenant cannot be asked for, as the session tells it: whatever is lacking is not asked for and
 * not offered. Here is the one place that knows.
 */
import { createContext, use } from 'react'
import type { SessionInfo, SourcePart } from '../contract/model/session.ts'
import type { EngagementQuery, EngagementStatus, SampleQuery } from '../contract/query/engagement-query.ts'
import { type PageQuery, pageQuery } from '../contract/query/page-query.ts'

export type Lacks = ReadonlySet<SourcePart>

export function lacksOf(session: SessionInfo | undefined): Lacks {
  return new Set(session?.lacks)
}

export const LacksContext = createContext(lacksOf(undefined))

export function useLacks(): Lacks {
  return use(LacksContext)
}

/** What can be asked for of outcomes. */
export function givenStatuses(lacks: Lacks): readonly EngagementStatus[] {
  const each = ['successful', 'unsuccessful'] as const
  return lacks.has('status=all') ? each : [...each, 'all']
}

/** A part of an address, as it stands there. */
export interface UngivenPart {
  readonly parameter: string
  readonly value: string
}

/** An address without what cannot be asked for here, and what that was. */
export function givenPage(
  page: PageQuery,
  lacks: Lacks,
): { readonly page: PageQuery; readonly ungiven: readonly UngivenPart[] } {
  if (lacks.size === 0) return { page, ungiven: [] }
  const given: PageQuery = {
    ...givenQuery(page, lacks),
    ...(lacks.has('asOf') && { n: undefined }),
    ...(lacks.has('sample') && { sample: undefined, seed: undefined }),
  }
  const kept = new Set(pageQuery.write(given).map(String))
  const ungiven = pageQuery.write(page).filter((pair) => !kept.has(String(pair)))
  return { page: given, ungiven: ungiven.map(([parameter, value]) => ({ parameter, value })) }
}

/** What the list is asked for, of its present rows where no moment can be asked for. */
export function givenQuery<Q extends EngagementQuery | SampleQuery | PageQuery>(query: Q, lacks: Lacks): Q {
  return {
    ...query,
    ...(lacks.has('asOf') && { asOf: undefined }),
    ...(lacks.has('status=all') && query.status === 'all' && { status: pageQuery.defaults.status }),
  }
}
