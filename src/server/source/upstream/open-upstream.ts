/** Puts together what stands in front of an existing Live Experience host: nothing of it is kept here. */

import type { SourcePart } from '../../../contract/model/session.ts'
import type { Access } from '../../auth/access.ts'
import type { AccessTokens } from '../../auth/access-tokens.ts'
import type { Identity, UpstreamAccess } from '../../auth/identity.ts'
import { createSealedAccess } from '../../auth/sealed-access.ts'
import type { Sessions } from '../../auth/sessions.ts'
import type { EngagementSource } from '../engagement-source.ts'
import { SourceFailure } from '../source-failure.ts'
import { createAskAs } from './ask-as.ts'
import { type AddressRule, publicAddresses } from './guarded-agent.ts'
import { createKnownParts } from './known-parts.ts'
import { createRecordingAddresses } from './recording-addresses.ts'
import { createUpstreamAccess, type UpstreamClients } from './upstream-access.ts'
import { createUpstreamClient } from './upstream-client.ts'
import { type UpstreamLimits, upstreamLimits } from './upstream-limits.ts'
import { createUpstreamRecordings, type UpstreamRecordings } from './upstream-recordings.ts'
import { upstreamSourceOf } from './upstream-source.ts'

export interface UpstreamSettings {
  /** Scheme, host and port. */
  readonly url: URL
  readonly clients: UpstreamClients
  /** Origins of other hosts that recordings may lie on. */
  readonly recordingHosts: ReadonlySet<string>
}

interface Surroundings {
  readonly secret: string
  /** Told of each sign-in that the upstream refused. */
  readonly refusedSignIn: (tenant: string, status: number) => void
  readonly limits?: UpstreamLimits
  readonly rule?: AddressRule
  readonly now?: () => number
}

export interface Upstream {
  readonly access: Access
  readonly tokens: AccessTokens
  readonly sessions: Sessions
  readonly recordings: UpstreamRecordings
  /** @throws SourceFailure for nobody */
  sourceOf(identity: Identity | undefined): EngagementSource
  lacks(identity: Identity): Promise<readonly SourcePart[]>
  /** Ends all connections. */
  close(): Promise<void>
}

export function openUpstream(
  { url, clients, recordingHosts }: UpstreamSettings,
  { secret, refusedSignIn, limits = upstreamLimits, rule = publicAddresses, now = Date.now }: Surroundings,
): Upstream {
  const refused = new WeakSet<UpstreamAccess>()
  const client = createUpstreamClient(url, limits)
  const addresses = createRecordingAddresses(secret, url, recordingHosts)
  const known = createKnownParts(now)
  const parts = { askAs: createAskAs(client, refused), known, addresses, limits }
  const recordings = createUpstreamRecordings({ upstream: url, addresses, refused, rule, limits })
  const sourceOf: Upstream['sourceOf'] = (identity) => {
    if (identity === undefined) throw new SourceFailure('signed-out', 'nobody has signed in')
    return upstreamSourceOf(identity, parts)
  }
  return {
    ...createSealedAccess(secret, refused, now),
    access: createUpstreamAccess({ client, clients, refusedSignIn, now }),
    sourceOf,
    lacks: (identity) => known.lacking(identity.tenant, sourceOf(identity)),
    recordings,
    async close() {
      await Promise.all([client.close(), recordings.close()])
    },
  }
}
