/** The query of a request as decoded pairs, strictly: what cannot be decoded is refused by name, not passed on as it came. */
import type { FastifyRequest } from 'fastify'
import { invalidParameters } from '../../contract/problem.ts'
import type { Params, QueryDefinition, ValuesOf } from '../../contract/query/define-query.ts'
import { HttpProblem } from './http-problem.ts'

/** Reads and checks the query of a request. @throws HttpProblem 400 naming each parameter that was wrong */
export function readQuery<P extends Params>(
  definition: QueryDefinition<P>,
  request: FastifyRequest,
): ValuesOf<P> {
  const { values, errors } = definition.read(queryEntries(request))
  if (errors.length > 0) throw new HttpProblem(invalidParameters(errors))
  return values
}

/** @throws HttpProblem 400 for percent signs that begin no escape, or bytes that are no UTF-8 */
function queryEntries(request: FastifyRequest): [string, string][] {
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
      return [decode(name, name), decode(value, name)]
    })
}

function decode(text: string, name: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new HttpProblem(
      invalidParameters([
        {
          parameter: name,
          value: text,
          message: 'not percent-encoded UTF-8; expected %XX escapes of UTF-8 bytes',
        },
      ]),
    )
  }
}
