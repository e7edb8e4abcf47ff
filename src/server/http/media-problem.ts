/** Bytes of a recording that should be had and are not, as an answer and in the log. */
import type { FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { MediaFailure } from '../media/media-failure.ts'
import { HttpProblem } from './http-problem.ts'

const retrySeconds = 5

/** @param told for the log: what cannot be done with it */
export function mediaProblem(request: FastifyRequest, error: unknown, told: string): HttpProblem {
  // Whoever left needs no answer, and nothing is wrong.
  const left = error instanceof Error && error.name === 'AbortError'
  request.log[left ? 'info' : 'error']({ reqId: request.id, err: error }, told)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EMFILE' || code === 'ENFILE') return later('No more files can be opened at the moment.')
  const kind = error instanceof MediaFailure ? error.kind : 'missing'
  switch (kind) {
    case 'missing':
      return new HttpProblem(
        problem('not-found', 404, 'The bytes of this recording are missing or cannot be read.'),
      )
    case 'unavailable':
      return later('The store of the recordings does not answer.')
    case 'damaged':
      return failed(
        'The bytes of this recording are not those that were put into the store of the recordings.',
      )
    case 'refused':
      return failed('The store of the recordings does not give this recording.')
  }
}

function later(what: string): HttpProblem {
  const detail = `${what} Try again in ${retrySeconds} seconds.`
  return new HttpProblem(problem('unavailable', 503, detail), { 'retry-after': String(retrySeconds) })
}

function failed(detail: string): HttpProblem {
  return new HttpProblem(problem('recordings-failed', 502, detail))
}
