/** Which representation an answer is to have, by the request's `Accept`. */
import type { FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import {
  chooseMediaType,
  type RepresentationType,
  representationTypes,
} from '../../contract/representation/media-type.ts'
import { HttpProblem } from './http-problem.ts'

/** @throws HttpProblem 406 naming what there is */
export function acceptedType(request: FastifyRequest): RepresentationType {
  const type = chooseMediaType(request.headers.accept, representationTypes)
  if (type !== undefined) return type
  throw new HttpProblem(problem('not-acceptable', 406, `Available here: ${representationTypes.join(', ')}.`))
}
