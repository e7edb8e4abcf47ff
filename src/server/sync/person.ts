/** Who a sync asks as: signed in when first needed, and again before a token ends or when it is taken no more. */
import type { Access, Pair } from '../auth/access.ts'
import type { Identity } from '../auth/identity.ts'
import { SourceFailure } from '../source/source-failure.ts'

/** Nobody is signed in by these credentials. */
export class SignInRefused extends Error {}

export type AsPerson = <T>(ask: (identity: Identity) => Promise<T>) => Promise<T>

/** A token is not used to its last second: an answer takes time as well. One that ends soon is used for half of its time. */
const reserveMs = 30_000

/** @throws SignInRefused */
export function asPerson(
  access: Pick<Access, 'signIn'>,
  tenant: string,
  { name: email, secret: password }: Pair,
  now: () => number,
): AsPerson {
  let held: { readonly identity: Identity; readonly untilMs: number } | undefined
  const present = async (): Promise<Identity> => {
    if (held !== undefined && held.untilMs > now()) return held.identity
    const askedMs = now()
    const identity = await access.signIn(tenant, email, password)
    if (identity === undefined)
      throw new SignInRefused(
        `The upstream does not let ${email} in to ${tenant}: email, password or client is wrong`,
      )
    const expiresMs = identity.upstream?.expiresMs ?? askedMs
    held = { identity, untilMs: expiresMs - Math.min(reserveMs, (expiresMs - askedMs) / 2) }
    return identity
  }
  return async (ask) => {
    try {
      return await ask(await present())
    } catch (error) {
      if (!(error instanceof SourceFailure) || error.kind !== 'signed-out') throw error
      held = undefined
      return ask(await present())
    }
  }
}
