/** Guessing passwords is slow work here: failures are limited by account, and by the address they come from. */
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { problem } from '../../contract/problem.ts'
import { foldEmail } from '../../contract/query/param.ts'
import { createAttemptLimit } from '../auth/attempt-limit.ts'
import { HttpProblem } from './http-problem.ts'

const windowMs = 5 * 60_000
const keptKeys = 20_000
const mostByAccount = 10
const mostByAddress = 30

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

export function createSignInAttempts(now: () => number = Date.now): SignInAttempts {
  const byAddress = createAttemptLimit({ most: mostByAddress, windowMs, keptKeys }, now)
  const byAccount = createAttemptLimit({ most: mostByAccount, windowMs, keptKeys }, now)

  return {
    async check({ address, tenant, name }, { verify, failed }) {
      const from = networkOf(address)
      // Hashed, so that a key is short whatever was sent, and no name is kept that may be a misplaced password.
      const account = createHash('sha256')
        .update(`${tenant}\n${foldEmail(name)}`)
        .digest('base64')
      const addressWaitMs = await byAddress.enter(from)
      if (addressWaitMs !== undefined) {
        await failed('address')
        throw tooMany(addressWaitMs)
      }
      let outcome: 'right' | 'wrong' = 'right'
      try {
        const accountWaitMs = await byAccount.enter(account)
        if (accountWaitMs !== undefined) {
          await failed('account')
          throw tooMany(accountWaitMs)
        }
        let found: Awaited<ReturnType<typeof verify>>
        try {
          found = await verify()
          if (found === undefined) outcome = 'wrong'
        } finally {
          byAccount.leave(account, outcome)
        }
        if (found === undefined) await failed('credentials')
        return found
      } finally {
        byAddress.leave(from, outcome)
      }
    },
  }
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
