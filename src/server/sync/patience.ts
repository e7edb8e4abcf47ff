/**
 * Asking an upstream that may not be well: later again, when it says so, or after pauses that grow. A sync has time; whoever
 * waits for a page has not.
 */
import { setTimeout } from 'node:timers/promises'
import { SourceFailure, type SourceFailureKind } from '../source/source-failure.ts'
import type { Pace } from './pace.ts'

export interface PatienceLimits {
  /** In a row, without any of it helping; the first one counts. */
  readonly tries: number
  /** Pauses double from the first to the longest. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

export const patienceLimits: PatienceLimits = { tries: 10, firstPauseMs: 1000, longestPauseMs: 60_000 }

export interface PatienceOptions {
  readonly limits: PatienceLimits
  readonly pace: Pace
  /** Ends every pause. */
  readonly signal: AbortSignal
  /** Told of each pause before it. */
  readonly waiting: (why: string, pauseMs: number) => void
}

/** What another try may find better. An answer that is none may be a proxy's, for as long as the host is started anew. */
const mayPass: Readonly<Record<SourceFailureKind, boolean>> = {
  unreachable: true,
  late: true,
  broken: true,
  unreadable: true,
  busy: true,
  resting: true,
  'signed-out': false,
  'not-permitted': false,
  'not-given': false,
  'no-database': false,
  'no-room': false,
}

/**
 * @param helped whether the try that failed brought something all the same: then tries are counted anew
 * @throws SourceFailure when nothing helped, or nothing can; an AbortError at the signal
 */
export type Patiently = <T>(ask: () => Promise<T>, helped?: () => boolean) => Promise<T>

export function createPatience({ limits, pace, signal, waiting }: PatienceOptions): Patiently {
  return async (ask, helped = () => false) => {
    for (let tries = 1; ; tries++) {
      await pace.turn()
      try {
        return await ask()
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof SourceFailure) || !mayPass[error.kind]) throw error
        if (helped()) tries = 1
        if (tries >= limits.tries) throw error
        const grownMs = Math.min(limits.firstPauseMs * 2 ** (tries - 1), limits.longestPauseMs)
        const pauseMs = Math.max(error.retryAfterMs ?? 0, grownMs * (0.5 + Math.random() / 2))
        waiting(error.message, pauseMs)
        await setTimeout(pauseMs, undefined, { signal })
      }
    }
  }
}
