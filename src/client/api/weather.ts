/**
 * What comes back by itself: while the host that has the engagements cannot be asked, whatever is shown is asked for again,
 * less and less often, never before it wants to be asked, and not in a hidden tab.
 */
import type { Query } from '@tanstack/react-query'
import { ApiError } from './fetch-json.ts'

const shortestMs = 3000
const longestMs = 60_000
const growth = 1.5
const passing: readonly number[] = [502, 503, 504]

/** Whether an error is likely to pass without anybody doing anything. */
export function isWeather(error: unknown): error is ApiError {
  return error instanceof ApiError && passing.includes(error.status)
}

/** How long to wait before asking again. @param failures so far, in a row */
export function weatherDelayMs(failures: number, retryAfterMs = 0): number {
  return Math.max(retryAfterMs, Math.min(longestMs, shortestMs * growth ** (failures - 1)))
}

type AnyQuery = Pick<Query, 'state'>

/** How many errors there had been before the present row of them began: what the library counts is never set back. */
const errorsBefore = new WeakMap<AnyQuery, { readonly answers: number; readonly errors: number }>()

/** For a query's `refetchInterval`. */
export function weatherInterval(query: AnyQuery): number | false {
  const { error, dataUpdateCount: answers, errorUpdateCount: errors } = query.state
  if (!isWeather(error)) return false
  const known = errorsBefore.get(query)
  const before = known?.answers === answers ? known.errors : errors - 1
  errorsBefore.set(query, { answers, errors: before })
  return weatherDelayMs(errors - before, error.retryAfterMs)
}

/** For a query's `refetchOnWindowFocus`: a tab that comes to the front makes up for what it let pass. */
export function weatherDue(query: AnyQuery): 'always' | false {
  const delayMs = weatherInterval(query)
  return delayMs !== false && Date.now() >= query.state.errorUpdatedAt + delayMs && 'always'
}
