/** The one error body: RFC 9457 problem details. Source: `errors` is ours, for a 400. */
import type { ParamError } from './query/param.ts'

/** The kinds of problem; a `type` in the body is `urn:problem:hindsight:` and one of these. */
export const problemTitles = {
  'invalid-parameter': 'A parameter was not understood',
  'invalid-body': 'The request body was not understood',
  'not-signed-in': 'Sign in first',
  'wrong-credentials': 'Email, password or tenant is wrong',
  'not-permitted': 'This is not yours to see',
  'not-found': 'There is nothing here',
  'method-not-allowed': 'This method is not served here',
  'not-acceptable': 'None of the asked media types is served here',
  'request-timeout': 'The request took too long to arrive',
  'precondition-failed': 'What is here is not what you named',
  'precondition-required': 'Say which one you mean to replace',
  'view-conflict': 'This view cannot stand beside the others',
  'content-too-large': 'The request body is too large',
  'uri-too-long': 'The address is too long',
  'unsupported-media-type': 'This media type is not read here',
  'no-peaks': 'This recording cannot be measured here',
  'range-not-satisfiable': 'The range lies outside the recording',
  'expectation-failed': 'What you expect is not done here',
  'headers-too-large': 'The headers are too large',
  'too-many-attempts': 'Too many failed attempts to sign in',
  'foreign-origin': 'The request came from another site',
  'bad-request': 'The request was not understood',
  'not-given': 'This is not given here',
  'upstream-failed': 'The host that has the engagements failed',
  'upstream-unavailable': 'The host that has the engagements cannot be asked right now',
  'upstream-late': 'The host that has the engagements did not answer in time',
  'recordings-failed': 'The store that has the recordings failed',
  unavailable: 'The service is not available right now',
  internal: 'Something went wrong on our side',
} as const

export type ProblemKind = keyof typeof problemTitles

export interface Problem {
  readonly type: `urn:problem:hindsight:${ProblemKind}`
  readonly title: string
  /** The HTTP status of the answer that carries it. */
  readonly status: number
  readonly detail: string
  readonly errors?: readonly ParamError[]
}

export function problem(
  kind: ProblemKind,
  status: number,
  detail: string,
  errors?: readonly ParamError[],
): Problem {
  const body = { type: `urn:problem:hindsight:${kind}` as const, title: problemTitles[kind], status, detail }
  return errors === undefined ? body : { ...body, errors }
}

/** A 400 that names every parameter that was wrong. */
export function invalidParameters(errors: readonly ParamError[]): Problem {
  const detail = errors.map(({ parameter, value, message }) => `${parameter}=${value}: ${message}`).join('. ')
  return problem('invalid-parameter', 400, detail, errors)
}
