/** Guessing passwords is slow work here: failures are limited by account, and by the address they come from. */
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { problem } from '../../contract/problem.ts'
import { foldEmail } from '../../contract/query/param.ts'
import type { AttemptLimit, Outcome } from '../auth/attempt-limit.ts'
import { restAfterFailure, shareAttemptLimit } from '../auth/shared-attempt-limit.ts'
import { createSignInLimits, failuresAllowed, type SignInLimits } from '../auth/sign-in-limits.ts'
import type { SignInFailures } from '../store/sign-in-failures.ts'
import { HttpProblem } from './http-problem.ts'

interface Attempt {
  readonly address: string
  readonly tenant: string
  /** As it was given: an email address, or a client id. */
  readonly name: string
}

/** What an attempt failed by: its credentials, or unchecked by the failures before it, of its account or its address. */
export type Failure = 'credentials' | 'account' | 'address'

interface Check<T> {
  /** undefined is a failure. */
  verify(): Promise<T | undefined>
  /** Told of every failure, before it is answered. */
  failed(by: Failure): Promise<void>
}

export interface SignInAttempts {
  /**
   * Runs a check of credentials.
   * @throws HttpProblem 429 without checking, when there were too many failures: a right password is not told from a wrong one then
   */
  check<T>(attempt: Attempt, check: Check<T>): Promise<T | undefined>
}

/** Where failures are counted for several servers together. */
interface SharedFailures {
  readonly failures: SignInFailures
  /** Told of each attempt that only this server has counted. */
  readonly failed: (error: unknown) => void
}

/**
 * @param shared absent: this server counts alone
 * @param own of this server
 */
export function createSignInAttempts(
  shared: SharedFailures | undefined,
  own: SignInLimits = createSignInLimits(),
): SignInAttempts {
  const failures = shared && restAfterFailure(shared.failures)
  const limitOf = (of: keyof SignInLimits): AttemptLimit =>
    failures ? shareAttemptLimit(own[of], failures, failuresAllowed[of], shared.failed) : own[of]
  const byAddress = limitOf('address')
  const byAccount = limitOf('account')

  return {
    async check({ address, tenant, name }, { verify, failed }) {
      const ofAddress = await byAddress.enter(keyOf('address', networkOf(address)))
      if (ofAddress.kind === 'refused') {
        await failed('address')
        throw tooMany(ofAddress.waitMs)
      }
      let outcome: Outcome = 'right'
      try {
        const ofAccount = await byAccount.enter(keyOf('account', tenant, foldEmail(name)))
        if (ofAccount.kind === 'refused') {
          await failed('account')
          throw tooMany(ofAccount.waitMs)
        }
        let found: Awaited<ReturnType<typeof verify>>
        try {
          found = await verify()
          if (found === undefined) outcome = 'wrong'
        } finally {
          await ofAccount.leave(outcome)
        }
        if (found === undefined) await failed('credentials')
        return found
      } finally {
        await ofAddress.leave(outcome)
      }
    },
  }
}

/** Hashed, so that a key is short whatever was sent, and no name is kept that may be a misplaced password. */
function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64')
}

function tooMany(waitMs: number): HttpProblem {
  const seconds = Math.ceil(waitMs / 1000)
  const detail = `There were too many failed attempts to sign in. Try again in ${seconds} seconds.`
  return new HttpProblem(problem('too-many-attempts', 429, detail), { 'retry-after': String(seconds) })
}

/** Whoever has one IPv6 address has at least the /64 it lies in. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const zeros = 8 - groups(head).length - groups(tail ?? '').length
  const all =
    tail === undefined ? groups(head) : [...groups(head), ...Array(zeros).fill('0'), ...groups(tail)]
  return all.slice(0, 4).join(':')
}
