/** What is known of an upstream beyond the reference's list, by tenant; each part is found out once. */

import { setTimeout } from 'node:timers/promises'
import type { SourcePart } from '../../../contract/model/session.ts'
import { engagementQuery } from '../../../contract/query/engagement-query.ts'
import { peopleQuery } from '../../../contract/query/people-query.ts'
import type { EngagementSource } from '../engagement-source.ts'
import { SourceFailure } from '../source-failure.ts'

/** What some upstreams have and others have not. */
export type ProbedPart = 'count' | 'engagement' | 'users'

/** What no upstream is asked for: the reference has nothing of the kind. */
const neverGiven: readonly SourcePart[] = [
  'histogram',
  'sample',
  'export',
  'peaks',
  'audit',
  'views',
  'delete',
  'asOf',
  'status=all',
]

const keptTenants = 10_000
/** What could not be found out is tried again after this long; whoever signs in does not wait for it longer than that. */
const tryAgainMs = 60_000
const patienceMs = 1500

export interface KnownParts {
  lacks(tenant: string, part: ProbedPart): boolean
  note(tenant: string, part: ProbedPart, known: 'given' | 'lacking'): void
  /** Whatever is not known yet is asked for; what cannot be found out now is taken to be there. */
  lacking(tenant: string, source: EngagementSource): Promise<readonly SourcePart[]>
}

export function createKnownParts(now: () => number): KnownParts {
  const tenants = new Map<string, Map<ProbedPart, 'given' | 'lacking'>>()
  const triedMs = new WeakMap<object, number>()
  const partsOf = (tenant: string) => {
    const found = tenants.get(tenant) ?? new Map<ProbedPart, 'given' | 'lacking'>()
    const [oldest] = tenants.keys()
    if (!tenants.has(tenant) && tenants.size >= keptTenants && oldest !== undefined) tenants.delete(oldest)
    tenants.set(tenant, found)
    return found
  }
  const known: KnownParts = {
    lacks: (tenant, part) => tenants.get(tenant)?.get(part) === 'lacking',
    note: (tenant, part, state) => partsOf(tenant).set(part, state),
    async lacking(tenant, source) {
      const parts = partsOf(tenant)
      const probes: Readonly<Record<ProbedPart, () => Promise<unknown>>> = {
        count: () => source.count(tenant, engagementQuery.defaults),
        users: () => source.users(tenant, { ...peopleQuery.defaults, limit: 1 }),
        engagement: () => probeEngagement(tenant, source, known),
      }
      const unknown = Object.entries(probes).filter(([part]) => !parts.has(part as ProbedPart))
      if (unknown.length > 0 && now() - (triedMs.get(parts) ?? Number.NEGATIVE_INFINITY) > tryAgainMs) {
        triedMs.set(parts, now())
        const probed = Promise.all(unknown.map(([, probe]) => probe().catch(unlessSourceFailed)))
        await Promise.race([probed, setTimeout(patienceMs, undefined, { ref: false })])
      }
      const found = [...parts].flatMap(([part, state]) => (state === 'lacking' ? [part] : []))
      return [...found, ...neverGiven]
    },
  }
  return known
}

/** Only of an id that is there does "not found" tell something of the address. */
async function probeEngagement(tenant: string, source: EngagementSource, known: KnownParts): Promise<void> {
  const { documents } = await source.page(tenant, { ...engagementQuery.defaults, limit: 1 })
  const { id }: { readonly id?: string } = JSON.parse(documents[0] ?? '{}')
  if (id === undefined) return
  if ((await source.engagement(tenant, id)) === undefined) known.note(tenant, 'engagement', 'lacking')
}

function unlessSourceFailed(error: unknown): void {
  if (!(error instanceof SourceFailure)) throw error
}
