/**
 * Access that an upstream gave, sealed: what the browser's cookie or a program's token holds can be opened by us alone, and
 * by each of us that has the secret. It ends when the upstream's own does, and is not renewed.
 */
import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import * as z from 'zod/mini'
import { roles } from '../../contract/model/session.ts'
import type { AccessTokens, VerifiedToken } from './access-tokens.ts'
import { createIdTokens } from './id-tokens.ts'
import type { Identity, UpstreamAccess } from './identity.ts'
import { deriveKey } from './secret.ts'
import type { Sessions } from './sessions.ts'

const keptOpen = 10_000

const claims = z.object({
  sub: z.string(),
  tenant: z.string(),
  role: z.enum(roles),
  token: z.string(),
  /** Epoch milliseconds, both. */
  issuedMs: z.number(),
  expiresMs: z.number(),
})

/** @param refused what an upstream gave and takes no more, whatever it said of its end */
export function createSealedAccess(
  secret: string,
  refused: WeakSet<UpstreamAccess>,
  now: () => number = Date.now,
): { readonly tokens: AccessTokens; readonly sessions: Sessions } {
  const holds = ({ identity: { upstream }, expiresMs }: VerifiedToken): boolean =>
    expiresMs > now() && upstream !== undefined && !refused.has(upstream)
  const token = sealing(deriveKey(secret, 'sealed access token'), holds, now)
  const cookie = sealing(deriveKey(secret, 'sealed session'), holds, now)
  const issueIdToken = createIdTokens(secret, now)
  const secondsOf = ({ upstream }: Identity): number =>
    Math.max(0, Math.floor(((upstream?.expiresMs ?? 0) - now()) / 1000))
  return {
    tokens: {
      issue: token.seal,
      secondsOf,
      issueIdToken: (identity, audience) => issueIdToken(identity, audience, secondsOf(identity)),
      verify: token.open,
      holds,
      known: token.known,
    },
    sessions: {
      begin: cookie.seal,
      async open(sealed) {
        const verified = await cookie.open(sealed)
        return verified && { ...verified, startedMs: verified.issuedMs }
      },
      // The password would be needed, which nobody has kept.
      renew: async () => undefined,
    },
  }
}

/** Texts of one purpose: none of them opens anything of another. */
function sealing(key: Uint8Array, holds: (verified: VerifiedToken) => boolean, now: () => number) {
  // The very same object for the same text: what is known of it is kept with it.
  const opened = new Map<string, VerifiedToken>()
  const known = (text: string): VerifiedToken | undefined => {
    const verified = opened.get(text)
    return verified !== undefined && holds(verified) ? verified : undefined
  }
  return {
    known,
    async seal({ tenant, subject, role, upstream }: Identity): Promise<string> {
      if (upstream === undefined) throw new Error('only what an upstream gave is sealed')
      return new EncryptJWT({ tenant, role, ...upstream, issuedMs: now() })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setSubject(subject)
        .encrypt(key)
    },
    async open(text: string): Promise<VerifiedToken | undefined> {
      const before = opened.get(text)
      if (before !== undefined) return holds(before) ? before : undefined
      const verified = await unseal(text, key)
      if (verified === undefined || !holds(verified)) return undefined
      const [oldest] = opened.keys()
      if (opened.size >= keptOpen && oldest !== undefined) opened.delete(oldest)
      opened.set(text, verified)
      return verified
    },
  }
}

async function unseal(text: string, key: Uint8Array): Promise<VerifiedToken | undefined> {
  try {
    const { payload } = await jwtDecrypt(text, key)
    const { sub, tenant, role, token, issuedMs, expiresMs } = claims.parse(payload)
    const identity = { tenant, subject: sub, role, upstream: { token, expiresMs } }
    return { identity, issuedMs, expiresMs }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) return undefined
    throw error
  }
}
