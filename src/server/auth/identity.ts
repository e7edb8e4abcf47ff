import type { Role } from '../../contract/model/session.ts'

/** What an upstream gave for a sign-in. It leaves the server sealed, or not at all. */
export interface UpstreamAccess {
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresMs: number
}

/** Whom a request speaks for. */
export interface Identity {
  readonly tenant: string
  /** The user's folded email, or the client id of a program. */
  readonly subject: string
  readonly role: Role
  /** Absent where we hold the engagements ourselves. */
  readonly upstream?: UpstreamAccess
}
