/** Why bytes of recordings cannot be had, or kept, where that is another machine's doing or the bytes' own. */

/**
 * `missing`: there are none of that name. `damaged`: they are not those that were put there. `unavailable`: there is nobody to
 * ask for now, or not in time. `refused`: whoever was asked did not do it, and would not the next time.
 */
export type MediaFailureKind = 'missing' | 'damaged' | 'unavailable' | 'refused'

export class MediaFailure extends Error {
  readonly kind: MediaFailureKind

  /** @param message for the log: it may name bucket and key, never a secret */
  constructor(kind: MediaFailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}
