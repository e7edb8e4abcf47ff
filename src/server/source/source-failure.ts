/** Why a source did not give what was asked: of its own making, never of whoever asked. */

export type SourceFailureKind =
  /** No connection, or one that ended too early. */
  | 'unreachable'
  /** No answer in time. */
  | 'late'
  /** It says that it failed. */
  | 'broken'
  /** An answer that is none: not what the contract says, too large, or not to be trusted. */
  | 'unreadable'
  /** It wants to be left alone for a while. */
  | 'busy'
  /** It failed so often that it is not asked for now. */
  | 'resting'
  /** It takes our word for who asks no more. */
  | 'signed-out'
  /** It knows who asks, and does not let them. */
  | 'not-permitted'
  /** It has nothing of the kind. */
  | 'not-given'
  /** It is our own database, which does not answer. */
  | 'no-database'
  /** It is our own database, which can keep nothing more. */
  | 'no-room'

export class SourceFailure extends Error {
  readonly kind: SourceFailureKind
  /** When to ask again, as far as it is known. */
  readonly retryAfterMs: number | undefined

  /** @param message for the log; it names hosts and codes, and never a query, a token or what the upstream wrote */
  constructor(
    kind: SourceFailureKind,
    message: string,
    { retryAfterMs, cause }: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}
