/** The query of a request as decoded pairs, strictly: what cannot be decoded is refused by name, not passed on as it came. */
import type { FastifyRequest } from 'fastify'
import { invalidParameters } from '../../contract/problem.ts'
import type { Params, QueryDefinition, ValuesOf } from '../../contract/query/define-query.ts'
import type { ParamError } from '../../contract/query/param.ts'
import { HttpProblem } from './http-problem.ts'

/**
 * Reads and checks the query of a request.
 * @param tell what is given back of an error
 * @throws HttpProblem 400 naming each parameter that was wrong
 */
export function readQuery<P extends Params>(
  definition: QueryDefinition<P>,
  request: FastifyRequest,
  tell: Tell = asItIs,
): ValuesOf<P> {
  const { values, errors } = definition.read(queryEntries(request, tell))
  if (errors.length > 0) throw new HttpProblem(invalidParameters(errors.map(tell)))
  return values
}

type Tell = (error: ParamError) => ParamError

const asItIs: Tell = (error) => error

/** @throws HttpProblem 400 for percent signs that begin no escape, or bytes that are no UTF-8 */
function queryEntries(request: FastifyRequest, tell: Tell): [string, string][] {
  const url = request.raw.url ?? ''
  const mark = url.indexOf('?')
  if (mark < 0) return []
  return url
    .slice(mark + 1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
      return [decode(name, name, tell), decode(value, name, tell)]
    })
}

function decode(text: string, name: string, tell: Tell): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    const message = 'not percent-encoded UTF-8; expected %XX escapes of UTF-8 bytes'
    throw new HttpProblem(invalidParameters([tell({ parameter: name, value: text, message })]))
  }
}
