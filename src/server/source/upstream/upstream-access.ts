/** Access by an upstream's own accounts: it is asked with the person's password, which is kept nowhere. */
import * as z from 'zod/mini'
import { isTenantKey } from '../../../contract/model/tenant.ts'
import { foldEmail } from '../../../contract/query/param.ts'
import { pathOf, routes } from '../../../contract/routes.ts'
import type { Access, Pair } from '../../auth/access.ts'
import type { Identity } from '../../auth/identity.ts'
import { SourceFailure } from '../source-failure.ts'
import type { UpstreamClient } from './upstream-client.ts'

/** By tenant, from the operator: who we are to the upstream. */
export type UpstreamClients = ReadonlyMap<string, Pair>

const answerBytes = 64 * 1024
/** Sealed it has to fit into a cookie, of which browsers keep 4,096 bytes. */
const longestToken = 2600
/** The reference's lifetime, where an upstream does not say. */
const usualSeconds = 1200
const longestSeconds = 12 * 3600

const tokenAnswer = z.object({
  // Whatever cannot stand in a header is none.
  access_token: z.string().check(z.regex(/^[\x21-\x7e]+$/)),
  expires_in: z.nullish(z.union([z.string(), z.number()])),
})

/** Wrong credentials, as the reference, OAuth 2.0 (RFC 6749, section 5.2) and careful hosts say it. */
const wrongStatuses: ReadonlySet<number> = new Set([400, 401, 403, 404])

export interface UpstreamAccessOptions {
  readonly client: UpstreamClient
  readonly clients: UpstreamClients
  /** Told of each sign-in that the upstream refused: a wrong client secret looks like a wrong password from outside. */
  readonly refusedSignIn: (tenant: string, status: number) => void
  readonly now: () => number
}

export function createUpstreamAccess({ client, clients, refusedSignIn, now }: UpstreamAccessOptions): Access {
  const ask = async (
    tenant: string,
    { name, secret }: Pair,
    query: readonly (readonly [string, string])[],
  ): Promise<Identity | undefined> => {
    // A colon ends the name in Basic (RFC 7617, section 2): what follows would be taken for the password.
    if (!isTenantKey(tenant) || name.includes(':')) return undefined
    const answer = await client.ask({
      tenant,
      path: pathOf(routes.auth, { tenant }, query),
      authorization: `Basic ${base64({ name, secret })}`,
      mostBytes: answerBytes,
    })
    const { host } = client.origin
    if (answer.body === undefined) {
      if (!wrongStatuses.has(answer.status))
        throw new SourceFailure('unreadable', `${host} answered ${answer.status} to a sign-in`)
      refusedSignIn(tenant, answer.status)
      return undefined
    }
    const read = tokenAnswer.safeParse(answer.body)
    const seconds = read.success ? readSeconds(read.data.expires_in) : undefined
    if (!read.success || seconds === undefined)
      throw new SourceFailure('unreadable', `${host} answered a sign-in with no token that can be read`)
    const { access_token: token } = read.data
    if (token.length > longestToken)
      throw new SourceFailure('unreadable', `${host} gave a token of more than ${longestToken} characters`)
    const upstream = { token, expiresMs: now() + Math.min(seconds, longestSeconds) * 1000 }
    return { tenant, subject: foldEmail(name), role: 'supervisor', upstream }
  }
  const person: Access['person'] = (tenant, credentials, program = clients.get(tenant)) =>
    ask(tenant, credentials, [
      ['grant_type', 'password'],
      ...(program === undefined ? [] : [['credentials', base64(program)] as const]),
    ])
  return {
    person,
    signIn: (tenant, email, password) => person(tenant, { name: email, secret: password }, undefined),
    program: (tenant, credentials) => ask(tenant, credentials, [['grant_type', 'client_credentials']]),
    present: async (identity) => identity,
    // Its audit is the upstream's, who is asked in each person's own name.
    hasTenant: async () => false,
    hasProgram: async () => false,
  }
}

function base64({ name, secret }: Pair): string {
  return Buffer.from(`${name}:${secret}`).toString('base64')
}

function readSeconds(given: string | number | null | undefined): number | undefined {
  if (given === null || given === undefined) return usualSeconds
  const seconds = Number(given)
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined
}
