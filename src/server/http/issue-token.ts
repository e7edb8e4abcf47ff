/** GET /v1/auth/{tenant}: an access token for a user with a password, or for a program with its own credentials. */
import type { FastifyInstance } from 'fastify'
import { invalidParameters, problem } from '../../contract/problem.ts'
import type { AuthQuery } from '../../contract/query/auth-query.ts'
import { escapedPlus } from '../../contract/query/instant.ts'
import type { ParamError } from '../../contract/query/param.ts'
import { routes } from '../../contract/routes.ts'
import type { Pair } from '../auth/access.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { auditFailure } from './audit-failure.ts'
import { addressOf, auditRecord } from './audit-record.ts'
import { parseBasic, parsePair } from './basic-credentials.ts'
import { bearerChallenge } from './bearer-challenge.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'
import { modelText } from './send-resource.ts'

const defaultAudience = 'hindsight'

export function issueToken(app: FastifyInstance, context: AppContext): void {
  const { access, attempts, audit, tokens } = context
  app.get<{ Params: { tenant: string } }>(routes.auth.path, async (request, reply) => {
    const { tenant } = request.params
    const query = readQuery(routes.auth.query, request, withoutSecret)
    const type = acceptedType(request)
    const basic = parseBasic(request.headers.authorization)
    if (basic === undefined) throw refused('Send Authorization: Basic with base64 of name:password.')
    const client = readClient(query)
    const identity = await attempts.check(
      { address: addressOf(request), tenant, name: basic.name },
      {
        verify: () =>
          query.grant_type === 'client_credentials'
            ? access.program(tenant, basic)
            : access.person(tenant, basic, client),
        failed: (by) =>
          auditFailure(context, request, { tenant, action: 'token-refused', name: basic.name, by }),
      },
    )
    if (identity === undefined)
      throw refused('The tenant, the name, the password or the client credentials are wrong.')
    audit.record(auditRecord(request, { tenant, action: 'token', subject: identity.subject }))
    const body = {
      access_token: await tokens.issue(identity),
      // A string in the reference.
      expires_in: String(tokens.secondsOf(identity)),
      id_token: await tokens.issueIdToken(identity, client?.name ?? defaultAudience),
      state: query.state ?? '',
      token_type: 'Bearer',
    }
    // Never compressed: the state, which the caller chooses, would stand beside a secret.
    return reply
      .header('content-type', `${type}; charset=utf-8`)
      .header('cache-control', 'no-store')
      .header('vary', 'Accept')
      .send(modelText(type, 'accessTokenV1', body))
  })
}

function readClient({ credentials }: AuthQuery): Pair | undefined {
  if (credentials === undefined) return undefined
  const pair = parsePair(credentials)
  if (pair) return pair
  const hint = credentials.includes(' ') ? escapedPlus : ''
  const message = `not readable${hint}; expected base64 of clientId:clientSecret`
  const error = { parameter: 'credentials', value: credentials, message }
  throw new HttpProblem(invalidParameters([withoutSecret(error)]))
}

const shown: ReadonlySet<string> = new Set(['grant_type', 'domain_name', 'state'])

/** A secret is not given back, be it malformed, doubled, or in a parameter that is none of ours. */
function withoutSecret(error: ParamError): ParamError {
  return shown.has(error.parameter) ? error : { ...error, value: '(hidden)' }
}

function refused(detail: string): HttpProblem {
  return new HttpProblem(problem('wrong-credentials', 401, detail), {
    'www-authenticate': `${bearerChallenge()['www-authenticate']}, Basic realm="hindsight", charset="UTF-8"`,
  })
}
