/**
 * Failed sign-ins, counted for all servers over the same database together: a bucket a key that fills with failures and leaks
 * over time. An attempt takes its place before it is checked and gives it back when it was right, so that servers which
 * check at once let through no more than one would. The place of a server that died leaks away like a failure.
 */
import { type Expression, type Kysely, sql } from 'kysely'
import type { FailureLimit, Outcome } from '../auth/attempt-limit.ts'
import type { Tables } from './schema.ts'

/** Places for which nothing was taken for so long are of servers that died: no password takes as long to check. */
const longestCheckMs = 10_000
const removeEveryMs = 60_000

export type Place =
  | { readonly kind: 'taken' }
  /** Too many failures. */
  | { readonly kind: 'refused'; readonly waitMs: number }
  /** Others are being checked, which may turn out right. */
  | { readonly kind: 'busy' }

export interface SignInFailures {
  /** After `taken`, `settle` has to follow. @param key short, and nothing that must not be kept */
  take(key: string, limit: FailureLimit): Promise<Place>
  settle(key: string, outcome: Outcome): Promise<void>
}

export type SignInTables = Pick<Tables, 'sign_in_failure'>

/** @param nowMs the moment in epoch milliseconds, of a clock that is one and the same for all servers */
export function createSignInFailures(
  db: Kysely<SignInTables>,
  nowMs: () => Expression<number>,
): SignInFailures {
  let removedMs = Number.NEGATIVE_INFINITY

  /** What of a bucket has leaked away is empty: then its row tells nothing any more. */
  const removeEmpty = async (windowMs: number): Promise<void> => {
    const elapsedMs = performance.now() - removedMs
    if (elapsedMs < removeEveryMs) return
    removedMs = performance.now()
    await db.deleteFrom('sign_in_failure').where(sql<boolean>`at_ms < ${nowMs()} - ${windowMs}`).execute()
  }

  return {
    async take(key, { most, windowMs }) {
      await removeEmpty(windowMs)
      const row = rowAt(nowMs(), most / windowMs)
      // One statement: servers that take at once do so one after the other.
      const taken = await db
        .insertInto('sign_in_failure')
        .values({ key, filled: 1, checking: 1, at_ms: nowMs() })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({
              filled: sql`${row.filled} + 1`,
              checking: sql`${row.checking} + 1`,
              at_ms: row.latestMs,
            })
            .where(sql<boolean>`${row.filled} + 1 <= ${most}`),
        )
        .returning('key')
        .executeTakeFirst()
      if (taken !== undefined) return { kind: 'taken' }
      const full = await db
        .selectFrom('sign_in_failure')
        .select([row.filled.as('filled'), row.checking.as('checking')])
        .where('key', '=', key)
        .executeTakeFirst()
      const over = full === undefined ? 0 : full.filled - full.checking + 1 - most
      return over > 0 ? { kind: 'refused', waitMs: (over * windowMs) / most } : { kind: 'busy' }
    },

    async settle(key, outcome) {
      const back = outcome === 'right' ? 1 : 0
      await db
        .updateTable('sign_in_failure')
        .set({
          filled: sql`case when filled > ${back} then filled - ${back} else 0 end`,
          checking: sql`case when checking > 0 then checking - 1 else 0 end`,
        })
        .where('key', '=', key)
        .execute()
    },
  }
}

/** A row as it is by now. A clock that was set back lets nothing leak, and takes nothing back. */
function rowAt(nowMs: Expression<number>, leakPerMs: number) {
  const atMs = sql.ref('sign_in_failure.at_ms')
  const filled = sql.ref('sign_in_failure.filled')
  const checking = sql.ref('sign_in_failure.checking')
  const latestMs = sql<number>`case when ${nowMs} > ${atMs} then ${nowMs} else ${atMs} end`
  const left = sql<number>`${filled} - (${latestMs} - ${atMs}) * ${leakPerMs}`
  return {
    latestMs,
    filled: sql<number>`case when ${left} > 0 then ${left} else 0 end`,
    checking: sql<number>`case when ${latestMs} - ${atMs} < ${longestCheckMs} then ${checking} else 0 end`,
  }
}
