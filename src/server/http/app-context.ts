/** What the HTTP layer is given; it makes none of it itself. */
import type { FastifyBaseLogger } from 'fastify'
import type { AccessTokens } from '../auth/access-tokens.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { HeldMedia } from '../media/held-media.ts'
import type { EngagementSource } from '../source/engagement-source.ts'
import type { Accounts } from '../store/accounts.ts'
import type { AuditLog } from '../store/audit-log.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { SavedViews } from '../store/saved-views.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

export interface AppContext {
  readonly source: EngagementSource
  readonly accounts: Accounts
  readonly audit: Pick<AuditLog, 'record' | 'page'>
  readonly views: SavedViews
  readonly remover: Pick<EngagementWriter, 'remove' | 'leftFiles' | 'clearLeftFile'>
  readonly media: HeldMedia
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
