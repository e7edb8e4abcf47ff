import type { Role } from '../../contract/model/session.ts'

/** Whom a request speaks for. */
export interface Identity {
  readonly tenant: string
  /** The user's folded email, or the client id of a program. */
  readonly subject: string
  readonly role: Role
}
