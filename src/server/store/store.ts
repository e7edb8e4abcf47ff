/** What is kept, whichever engine keeps it. */
import type { EndedAccess } from '../auth/ended-access.ts'
import type { HeldEngagements } from '../source/engagement-source.ts'
import type { Accounts } from './accounts.ts'
import type { AuditLog } from './audit-log.ts'
import type { StoreCheck } from './check/store-check.ts'
import type { EngagementWriter, HeldRecording } from './engagement-writer.ts'
import type { SavedViews } from './saved-views.ts'
import type { SignInFailures } from './sign-in-failures.ts'
import type { SyncState } from './sync-state.ts'

export interface Store {
  readonly source: HeldEngagements
  readonly writer: EngagementWriter
  readonly accounts: Accounts
  readonly audit: AuditLog
  readonly views: SavedViews
  readonly ended: EndedAccess
  readonly signInFailures: SignInFailures
  readonly syncState: SyncState
  readonly check: StoreCheck
  /** One sync at a time for all who share the database. @returns what lets go of it; undefined: another process has it */
  lockSync(): Promise<(() => void) | undefined>
  findRecording(tenant: string, recordingId: string): Promise<HeldRecording | undefined>
  /** No tenant has an engagement. */
  isEmpty(): Promise<boolean>
  /** @throws when the database does not answer */
  ping(): Promise<void>
  close(): Promise<void>
}
