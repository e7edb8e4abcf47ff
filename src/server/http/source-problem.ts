/** What a source could not do, as a problem. Of the host behind us it tells neither name nor words. */
import { type Problem, problem } from '../../contract/problem.ts'
import type { SourceFailure } from '../source/source-failure.ts'
import { bearerChallenge } from './bearer-challenge.ts'

interface Told {
  readonly body: Problem
  readonly headers: Readonly<Record<string, string>>
}

export function sourceProblem({ kind, message, retryAfterMs }: SourceFailure): Told {
  const seconds = Math.max(1, Math.ceil((retryAfterMs ?? 5000) / 1000))
  const later = { 'retry-after': String(seconds) }
  switch (kind) {
    case 'unreachable':
      return told(problem('upstream-failed', 502, 'The host that has the engagements cannot be reached.'))
    case 'broken':
      return told(problem('upstream-failed', 502, 'The host that has the engagements failed to answer.'))
    case 'unreadable':
      return told(
        problem(
          'upstream-failed',
          502,
          'The host that has the engagements answered in a way that cannot be understood.',
        ),
      )
    case 'late':
      return told(problem('upstream-late', 504, 'The host that has the engagements did not answer in time.'))
    case 'busy': {
      const detail = `The host that has the engagements wants fewer questions. Try again in ${seconds} seconds.`
      return told(problem('upstream-unavailable', 503, detail), later)
    }
    case 'resting': {
      const detail = `The host that has the engagements failed several times. Try again in ${seconds} seconds.`
      return told(problem('upstream-unavailable', 503, detail), later)
    }
    case 'signed-out':
      return told(
        problem('not-signed-in', 401, 'The sign-in has ended. Sign in again.'),
        bearerChallenge('invalid_token'),
      )
    case 'not-permitted':
      return told(
        problem('not-permitted', 403, 'The host that has the engagements does not let you see this.'),
        bearerChallenge('insufficient_scope'),
      )
    case 'not-given':
      return told(notGivenProblem(message))
    case 'no-room': {
      const detail = `The database has no room left, and can keep nothing for now. Try again in ${seconds} seconds.`
      return told(problem('unavailable', 503, detail), later)
    }
    case 'no-database':
      return told(
        problem('unavailable', 503, `The database does not answer. Try again in ${seconds} seconds.`),
        later,
      )
  }
}

/** @param what a resource, parameter or value, by its name in the API */
function notGivenProblem(what: string): Problem {
  const detail = `The engagements of this tenant come from a host that cannot give this: ${what}.`
  return problem('not-given', 501, detail)
}

function told(body: Problem, headers: Told['headers'] = {}): Told {
  return { body, headers }
}
