/** How many attempts to sign in may fail: of an account, and from an address. */
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'

const windowMs = 5 * 60_000
const keptKeys = 20_000

export const failuresAllowed = {
  address: { most: 30, windowMs },
  account: { most: 10, windowMs },
} as const

export type SignInLimits = Readonly<Record<keyof typeof failuresAllowed, AttemptLimit>>

export function createSignInLimits(now: () => number = Date.now): SignInLimits {
  return {
    address: createAttemptLimit({ ...failuresAllowed.address, keptKeys }, now),
    account: createAttemptLimit({ ...failuresAllowed.account, keptKeys }, now),
  }
}
