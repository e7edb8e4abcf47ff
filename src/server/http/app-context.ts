/** What the HTTP layer is given; it makes none of it itself. */
import type { FastifyBaseLogger } from 'fastify'
import type { SourcePart } from '../../contract/model/session.ts'
import type { Access } from '../auth/access.ts'
import type { AccessTokens } from '../auth/access-tokens.ts'
import type { Identity } from '../auth/identity.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { HeldMedia } from '../media/held-media.ts'
import type { LeftFileRemoval } from '../media/remove-left-files.ts'
import type { EngagementSource, HeldEngagements } from '../source/engagement-source.ts'
import type { UpstreamRecordings } from '../source/upstream/upstream-recordings.ts'
import type { AuditLog } from '../store/audit-log.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { SavedViews } from '../store/saved-views.ts'
import type { KeptTogether } from '../workers/kept-together.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

/** What there is wherever the engagements come from. */
export interface AppContext {
  /** The engagements as whoever asks may see them. @param identity of a request that `requireTenant` let through */
  sourceOf(identity: Identity | undefined): EngagementSource
  /** What `sourceOf` cannot give them. */
  lacks(identity: Identity): Promise<readonly SourcePart[]>
  readonly access: Access
  readonly audit: Pick<AuditLog, 'record'>
  readonly tokens: AccessTokens
  readonly sessions: Sessions
  readonly attempts: SignInAttempts
  readonly logger: FastifyBaseLogger
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; none: nobody's is. */
  readonly trustedProxies: readonly string[]
  /** The address people reach us at; absent: whatever the Host header says, over http. */
  readonly publicUrl: URL | undefined
  /** Absolute path of the built page; absent: the API alone. */
  readonly pageDir: string | undefined
  /** @throws when the database does not answer */
  ping(): Promise<void>
}

/** Where we hold the engagements ourselves. */
export interface StoreContext extends AppContext {
  readonly engagements: 'here'
  readonly source: HeldEngagements
  readonly audit: Pick<AuditLog, 'record' | 'page'>
  readonly views: SavedViews
  readonly remover: Pick<EngagementWriter, 'remove'>
  /** To be run after a removal. */
  readonly leftFiles: Pick<LeftFileRemoval, 'run'>
  readonly media: HeldMedia
  /** With the other processes of this server. */
  readonly together: KeptTogether
}

/** Where another host holds them. */
export interface UpstreamContext extends AppContext {
  readonly engagements: 'upstream'
  readonly recordings: UpstreamRecordings
}
