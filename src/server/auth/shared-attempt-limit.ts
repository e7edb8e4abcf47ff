/** A limit on failed attempts that several servers keep together: each its own first, then the one in their database. */
import { setTimeout as delay } from 'node:timers/promises'
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'
import type { SignInFailures } from '../store/sign-in-failures.ts'
import type { AttemptLimit, FailureLimit } from './attempt-limit.ts'

const askAgainMs = 100
/** Whoever is still waiting for what other servers check is told to come back. */
const longestWaitMs = 10_000
const comeBackMs = 1000
/** A database that could not count is left alone for so long: nobody should wait for it in vain with every attempt. */
const restMs = 2000

/** For all limits that one database counts for. */
export function restAfterFailure(failures: SignInFailures): SignInFailures {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(1) })
  return {
    take: (key, limit) => breaker.execute(() => failures.take(key, limit)),
    settle: (key, outcome) => breaker.execute(() => failures.settle(key, outcome)),
  }
}

/**
 * Our own limit costs no query, and is what there is where the database cannot be written: signing in then goes on, and
 * nobody gets further than the limit with each server.
 * @param failed told of each attempt that could not be counted together
 */
export function shareAttemptLimit(
  own: AttemptLimit,
  failures: SignInFailures,
  limit: FailureLimit,
  failed: (error: unknown) => void,
): AttemptLimit {
  const takePlace = async (key: string) => {
    for (const begunMs = performance.now(); ; await delay(askAgainMs)) {
      const place = await failures.take(key, limit)
      if (place.kind !== 'busy') return place
      if (performance.now() - begunMs > longestWaitMs) return { kind: 'refused', waitMs: comeBackMs } as const
    }
  }
  return {
    async enter(key) {
      const turn = await own.enter(key)
      if (turn.kind === 'refused') return turn
      const place = await takePlace(key).catch(failed)
      if (place?.kind === 'refused') {
        await turn.leave('right')
        return place
      }
      return {
        kind: 'entered',
        async leave(outcome) {
          await turn.leave(outcome)
          // A place that cannot be given back leaks away.
          if (place !== undefined) await failures.settle(key, outcome).catch(failed)
        },
      }
    },
  }
}
