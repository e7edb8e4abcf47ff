/** Who did what with a tenant's history: the answer of `GET /v1/audit/{tenant}`. Its form is ours. */

export type AuditAction =
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  /** An access token was issued by `/v1/auth`, or refused there. */
  | 'token'
  | 'token-refused'
  | 'list'
  | 'count'
  | 'sample'
  | 'histogram'
  | 'read'
  | 'export'
  | 'play'
  | 'delete'

/** The fields in the order they are written in. */
export interface AuditEventV1 {
  /** When, ISO 8601 in UTC. */
  readonly date: string
  /** The user's email, or the client id of a program; absent when a failed attempt named nobody that we know of. */
  readonly user?: string
  readonly action: AuditAction
  /** The id of the engagement or the recording, or the query as it was asked; absent where there is none. */
  readonly target?: string
  /** The network address it came from. */
  readonly address: string
  /** How often within that second; absent: once. */
  readonly times?: number
}

/** One page of events, newest first. */
export interface AuditListV1 {
  /** More events after this page. */
  readonly hasMore: boolean
  readonly events: readonly AuditEventV1[]
}
