/** The page's session: the access token, sealed into a cookie that only we can open. The browser never holds the token itself. */
import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import * as z from 'zod/mini'
import { type AccessTokens, tokenSeconds, type VerifiedToken } from './access-tokens.ts'
import type { Identity } from './identity.ts'
import { deriveKey } from './secret.ts'

/** However often it is renewed, a session asks for the password again after a working day. */
const longestSessionMs = 12 * 3600 * 1000
/** A token younger than this is not worth renewing. */
const renewAfterMs = 5 * 60 * 1000
const keptSessions = 10_000

const contents = z.object({ token: z.string(), startedMs: z.number() })

interface OpenedSession extends VerifiedToken {
  readonly startedMs: number
}

export interface Sessions {
  /** @returns the sealed text for the cookie */
  begin(identity: Identity): Promise<string>
  /** @returns undefined when it is not ours, was changed, or has ended */
  open(sealed: string): Promise<OpenedSession | undefined>
  /** A newer sealed text for a session in use, or undefined when it need not or may not be renewed. */
  renew(session: OpenedSession): Promise<string | undefined>
}

export function createSessions(secret: string, tokens: AccessTokens, now: () => number = Date.now): Sessions {
  const key = deriveKey(secret, 'session cookie')
  const opened = new Map<string, OpenedSession>()

  const seal = async (identity: Identity, startedMs: number): Promise<string> =>
    new EncryptJWT({ token: await tokens.issue(identity), startedMs })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(now() / 1000) + tokenSeconds)
      .encrypt(key)

  const unseal = async (sealed: string): Promise<OpenedSession | undefined> => {
    try {
      const { payload } = await jwtDecrypt(sealed, key, { currentDate: new Date(now()) })
      const { token, startedMs } = contents.parse(payload)
      const verified = await tokens.verify(token)
      return verified && { ...verified, startedMs }
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) return undefined
      throw error
    }
  }

  return {
    begin: (identity) => seal(identity, now()),
    async open(sealed) {
      const known = opened.get(sealed)
      if (known) {
        if (tokens.holds(known)) return known
        opened.delete(sealed)
        return undefined
      }
      const session = await unseal(sealed)
      if (session === undefined) return undefined
      const [oldest] = opened.keys()
      if (opened.size >= keptSessions && oldest !== undefined) opened.delete(oldest)
      opened.set(sealed, session)
      return session
    },
    async renew({ identity, issuedMs, startedMs }) {
      const young = now() - issuedMs < renewAfterMs
      const over = now() - startedMs > longestSessionMs
      return young || over ? undefined : seal(identity, startedMs)
    },
  }
}
