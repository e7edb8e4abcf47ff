/**
 * How often a host is asked. What may be asked again is, a few times and after pauses by chance; a host that fails in a row
 * is left alone, but for one question now and then; and for as long as it wants to be left alone, it is.
 */
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IRetryBackoffContext,
  retry,
  wrap,
} from 'cockatiel'
import { SourceFailure, type SourceFailureKind } from '../source-failure.ts'
import type { UpstreamLimits } from './upstream-limits.ts'

export interface UpstreamCircuit {
  /**
   * Asks by a function that asks once, and throws a SourceFailure where the host is not well.
   * @param whose of whose questions a host wants fewer: one tenant's do not put off another's
   * @throws SourceFailure
   */
  ask<T>(whose: string, once: () => Promise<T>): Promise<T>
}

const keptPauses = 1000

/** Whether another question would most likely fare no better. */
const isIllness: Readonly<Record<SourceFailureKind, boolean>> = {
  unreachable: true,
  late: true,
  broken: true,
  unreadable: false,
  busy: false,
  resting: false,
  'signed-out': false,
  'not-permitted': false,
  'not-given': false,
  'no-database': false,
  'no-room': false,
}

export function createUpstreamCircuit(
  host: string,
  limits: UpstreamLimits,
  now: () => number = Date.now,
): UpstreamCircuit {
  const pausedUntilMs = new Map<string, number>()
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof SourceFailure && isIllness[error.kind]),
    { halfOpenAfter: limits.probeAfterMs, breaker: new ConsecutiveBreaker(limits.failures) },
  )
  let openedMs = 0
  breaker.onBreak(() => {
    openedMs = now()
  })

  const mayAskAgain = (error: unknown): boolean => {
    if (!(error instanceof SourceFailure)) return false
    const { kind, retryAfterMs } = error
    if (retryAfterMs !== undefined && retryAfterMs > limits.shortWaitMs) return false
    // What was too slow once has used up the time that there is.
    return kind === 'unreachable' || kind === 'broken' || (kind === 'busy' && retryAfterMs !== undefined)
  }
  const pauseMs = ({ attempt, result }: IRetryBackoffContext<unknown>): number => {
    const error = 'error' in result ? result.error : undefined
    const asked = error instanceof SourceFailure ? (error.retryAfterMs ?? 0) : 0
    return asked + Math.random() * Math.min(limits.pauseMs, (limits.pauseMs / 4) * 2 ** attempt)
  }
  const policy = wrap(
    retry(handleWhen(mayAskAgain), {
      maxAttempts: limits.tries - 1,
      backoff: new DelegateBackoff(pauseMs),
    }),
    breaker,
  )

  const resting = () => {
    const retryAfterMs = Math.max(0, openedMs + limits.probeAfterMs - now())
    return new SourceFailure('resting', `${host} is left alone after it failed`, { retryAfterMs })
  }
  const pause = (whose: string, retryAfterMs: number): void => {
    pausedUntilMs.delete(whose)
    const [oldest] = pausedUntilMs.keys()
    if (pausedUntilMs.size >= keptPauses && oldest !== undefined) pausedUntilMs.delete(oldest)
    pausedUntilMs.set(whose, now() + retryAfterMs)
  }
  const requireNoPause = (whose: string): void => {
    const leftMs = (pausedUntilMs.get(whose) ?? 0) - now()
    if (leftMs <= 0) return
    const message = `${host} wants no questions at the moment`
    throw new SourceFailure('busy', message, { retryAfterMs: leftMs })
  }

  return {
    async ask(whose, once) {
      // Others would wait for the question that finds out whether the host is back.
      if (breaker.state === CircuitState.HalfOpen) throw resting()
      try {
        return await policy.execute(async () => {
          requireNoPause(whose)
          try {
            return await once()
          } catch (error) {
            if (error instanceof SourceFailure && error.kind === 'busy' && error.retryAfterMs !== undefined)
              pause(whose, error.retryAfterMs)
            throw error
          }
        })
      } catch (error) {
        throw error instanceof BrokenCircuitError ? resting() : error
      }
    },
  }
}
