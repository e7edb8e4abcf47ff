/**
 * Whose access has ended, by whatever process: a small query, at most twice a second, and a look-up in memory for each
 * request. Only the ends within a token's lifetime matter; whatever was given before those has expired by itself.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EndedAccess } from '../auth/ended-access.ts'
import { type Ends, endedWithin, isEnded, keyOf } from './ended-window.ts'
import type { Tables } from './schema.ts'
import { fill, slot, template } from './statement.ts'

const rereadMs = 500

export function createEndedAccess(database: DatabaseSync, db: Kysely<Tables>): EndedAccess {
  const readAll = prepareRead(database, db)
  let readMs = Number.NEGATIVE_INFINITY
  let ended: Ends = new Map()

  return {
    has(identity, issuedMs) {
      const now = Date.now()
      // A clock that was set back must not keep us from reading.
      if (Math.abs(now - readMs) >= rereadMs) {
        ended = readAll(endedWithin(now))
        readMs = now
      }
      return isEnded(ended, identity, issuedMs)
    },
  }
}

function prepareRead(database: DatabaseSync, db: Kysely<Tables>) {
  const since = slot<number>('since')
  const { sql, parameters } = template(
    db
      .selectFrom('account as a')
      .innerJoin('tenant as t', 't.key', 'a.tenant')
      .select(['t.name', 'a.email as subject', 'a.ended_ms', 'a.disabled_ms'])
      .where('a.ended_ms', '>', since)
      .unionAll(
        db
          .selectFrom('client as a')
          .innerJoin('tenant as t', 't.key', 'a.tenant')
          .select(['t.name', 'a.id as subject', 'a.ended_ms', 'a.disabled_ms'])
          .where('a.ended_ms', '>', since),
      ),
  )
  const statement = database.prepare(sql)
  return (sinceMs: number) =>
    new Map(
      statement
        .all(...fill(parameters, { since: sinceMs }))
        .map(({ name, subject, ended_ms, disabled_ms }) => [
          keyOf(String(name), String(subject)),
          { endedMs: Number(ended_ms), disabled: disabled_ms !== null },
        ]),
    )
}
