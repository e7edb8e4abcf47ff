/** Access tokens: signed JWTs, good for 20 minutes, of one tenant each. */
import { errors, jwtVerify } from 'jose'
import * as z from 'zod/mini'
import { roles } from '../../contract/model/session.ts'
import type { EndedAccess } from './ended-access.ts'
import { createIdTokens, issuer, signed, signing } from './id-tokens.ts'
import type { Identity } from './identity.ts'
import { deriveKey } from './secret.ts'

/** The contract's lifetime. */
export const tokenSeconds = 1200

const keptTokens = 10_000

const claims = z.object({
  sub: z.string(),
  tenant: z.string(),
  role: z.enum(roles),
  exp: z.number(),
  iat: z.number(),
})

export interface VerifiedToken {
  readonly identity: Identity
  /** Epoch milliseconds. */
  readonly issuedMs: number
  readonly expiresMs: number
}

export interface AccessTokens {
  issue(identity: Identity): Promise<string>
  /** How long a token is good for that is issued now. */
  secondsOf(identity: Identity): number
  /** OpenID Connect's id_token: who signed in, for the client `audience` to read; opens nothing here. */
  issueIdToken(identity: Identity, audience: string): Promise<string>
  /** @returns undefined for a token that is not ours, was changed, has expired, or was ended */
  verify(token: string): Promise<VerifiedToken | undefined>
  /** Whether what was verified once still counts: it has not expired, and was not ended. */
  holds(verified: VerifiedToken): boolean
  /** What `verify` would give, where that is known without checking the signature again. */
  known(token: string): VerifiedToken | undefined
}

export function createAccessTokens(
  secret: string,
  ended: EndedAccess,
  now: () => number = Date.now,
): AccessTokens {
  const accessKey = deriveKey(secret, 'access token')
  const issueIdToken = createIdTokens(secret, now)
  // A signature once checked stays right until the token expires; checking it for every request would cost more than the page.
  const checked = new Map<string, VerifiedToken>()

  const holds = ({ identity, issuedMs, expiresMs }: VerifiedToken): boolean =>
    expiresMs > now() && !ended.has(identity, issuedMs)

  const known = (token: string): VerifiedToken | undefined => {
    const verified = checked.get(token)
    return verified !== undefined && holds(verified) ? verified : undefined
  }

  return {
    issue: (identity) => signed(identity, now(), tokenSeconds).setAudience(issuer).sign(accessKey),
    secondsOf: () => tokenSeconds,
    issueIdToken: (identity, audience) => issueIdToken(identity, audience, tokenSeconds),
    known,
    holds,
    async verify(token) {
      const before = known(token)
      if (before !== undefined) return before
      // An expired or ended one is checked anew, which refuses it.
      checked.delete(token)
      const verified = await verifySignature(token, accessKey, now())
      if (verified === undefined || !holds(verified)) return undefined
      const [oldest] = checked.keys()
      if (checked.size >= keptTokens && oldest !== undefined) checked.delete(oldest)
      checked.set(token, verified)
      return verified
    },
  }
}

async function verifySignature(
  token: string,
  key: Uint8Array,
  nowMs: number,
): Promise<VerifiedToken | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [signing],
      issuer,
      audience: issuer,
      currentDate: new Date(nowMs),
    })
    const { sub, tenant, role, exp, iat } = claims.parse(payload)
    return {
      identity: { tenant, subject: sub, role },
      issuedMs: Math.round(iat * 1000),
      expiresMs: exp * 1000,
    }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) return undefined
    throw error
  }
}
