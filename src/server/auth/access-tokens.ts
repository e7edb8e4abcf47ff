/** Access tokens: signed JWTs, good for 20 minutes, of one tenant each. */
import { errors, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod/mini'
import { roles } from '../../contract/model/session.ts'
import type { Identity } from './identity.ts'
import { deriveKey } from './secret.ts'

/** The contract's lifetime. */
export const tokenSeconds = 1200

const issuer = 'hindsight'
const algorithm = 'HS256'
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
  /** OpenID Connect's id_token: who signed in, for the client `audience` to read; opens nothing here. */
  issueIdToken(identity: Identity, audience: string): Promise<string>
  /** @returns undefined for a token that is not ours, was changed, or has expired */
  verify(token: string): Promise<VerifiedToken | undefined>
  /** What `verify` would give, where that is known without checking the signature again. */
  known(token: string): VerifiedToken | undefined
}

export function createAccessTokens(secret: string, now: () => number = Date.now): AccessTokens {
  const accessKey = deriveKey(secret, 'access token')
  const idKey = deriveKey(secret, 'id token')
  // A signature once checked stays right until the token expires; checking it for every request would cost more than the page.
  const checked = new Map<string, VerifiedToken>()

  const known = (token: string): VerifiedToken | undefined => {
    const verified = checked.get(token)
    return verified !== undefined && verified.expiresMs > now() ? verified : undefined
  }

  const sign = (identity: Identity) => {
    const issuedSeconds = Math.floor(now() / 1000)
    return new SignJWT({ tenant: identity.tenant, role: identity.role })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(identity.subject)
      .setIssuedAt(issuedSeconds)
      .setExpirationTime(issuedSeconds + tokenSeconds)
  }

  return {
    issue: (identity) => sign(identity).setAudience(issuer).sign(accessKey),
    issueIdToken: (identity, audience) => sign(identity).setAudience(audience).sign(idKey),
    known,
    async verify(token) {
      const before = known(token)
      if (before !== undefined) return before
      // An expired one is checked anew, which refuses it.
      checked.delete(token)
      const verified = await verifySignature(token, accessKey, now())
      if (verified === undefined) return undefined
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
      algorithms: [algorithm],
      issuer,
      audience: issuer,
      currentDate: new Date(nowMs),
    })
    const { sub, tenant, role, exp, iat } = claims.parse(payload)
    return { identity: { tenant, subject: sub, role }, issuedMs: iat * 1000, expiresMs: exp * 1000 }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) return undefined
    throw error
  }
}
