/** OpenID Connect's id_token: who signed in, for the client to read; it opens nothing here. */
import { SignJWT } from 'jose'
import type { Identity } from './identity.ts'
import { deriveKey } from './secret.ts'

export const issuer = 'hindsight'
export const signing = 'HS256'

export type IssueIdToken = (identity: Identity, audience: string, seconds: number) => Promise<string>

export function createIdTokens(secret: string, now: () => number): IssueIdToken {
  const key = deriveKey(secret, 'id token')
  return (identity, audience, seconds) => signed(identity, now(), seconds).setAudience(audience).sign(key)
}

/** A token of what everybody may read of an identity, still to be given an audience and a signature. */
export function signed({ tenant, role, subject }: Identity, nowMs: number, seconds: number): SignJWT {
  // With milliseconds: a token of the moment after a password was changed is told from one of the moment before.
  const issuedSeconds = nowMs / 1000
  return (
    new SignJWT({ tenant, role })
      .setProtectedHeader({ alg: signing, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(subject)
      .setIssuedAt(issuedSeconds)
      // In whole seconds: not before it is told to end.
      .setExpirationTime(Math.ceil(issuedSeconds) + seconds)
  )
}
