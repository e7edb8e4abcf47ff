/**
 * The audit: records are gathered in memory and written in batches, so that a request writes nothing. The same deed of the
 * same person from the same address within a second is one record that says how often: a program that asks thousands of
 * times a second costs a row. A crash loses what was gathered in the last second; what has to survive, a deletion, writes its record in its own transaction.
 */
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { AuditEventV1, AuditListV1 } from '../../contract/model/audit.ts'
import type { AuditQuery } from '../../contract/query/audit-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import { type AuditRecord, prepareAuditInsert } from './audit-statement.ts'
import type { Tables } from './schema.ts'

const gatherMs = 1000
const batchRecords = 200
const retryMs = 50
/** As long as any other writer waits for its turn. */
const longestWaitMs = 5000
const removedAtOnce = 2000

interface Gathered extends AuditRecord {
  /** How often the same was done in its second. */
  times: number
}

export interface AuditLog {
  /** Is in the store within a second. */
  record(record: AuditRecord): void
  /** Newest first, with everything recorded until now. */
  page(tenant: string, query: AuditQuery): Promise<AuditListV1>
  /** Removes records older than a moment, a few at a time. */
  removeBefore(atMs: EpochMs): Promise<void>
  /** @throws when what was gathered cannot be written */
  close(): Promise<void>
}

/**
 * @param openOwn a connection of the log's own that does not wait for other writers: an import beside us holds the database
 *   for a second at a time, and waiting for it would hold up every request
 * @param failed told when a batch could not be written; it is kept and tried again
 */
export function createAuditLog(
  db: Kysely<Tables>,
  openOwn: () => DatabaseSync,
  failed: (error: unknown) => void,
): AuditLog {
  let gathered = new Map<string, Gathered>()
  // Whoever asks thousands of times a second mostly asks the same as the time before.
  let last: Gathered | undefined
  let timer: NodeJS.Timeout | undefined
  let own: { database: DatabaseSync; insert: ReturnType<typeof prepareAuditInsert> } | undefined

  const connection = () => {
    if (own !== undefined) return own
    const database = openOwn()
    own = { database, insert: prepareAuditInsert(database, db) }
    return own
  }
  const writeGathered = () => {
    const { database, insert } = connection()
    database.exec('begin immediate')
    try {
      for (const record of gathered.values()) insert(record)
      database.exec('commit')
      gathered = new Map()
      last = undefined
    } finally {
      if (database.isTransaction) database.exec('rollback')
    }
  }
  const schedule = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      try {
        writeGathered()
      } catch (error) {
        if (!isBusy(error)) failed(error)
        schedule(isBusy(error) ? retryMs : gatherMs)
      }
    }, ms).unref()
  }
  const flush = async () => {
    clearTimeout(timer)
    if (gathered.size > 0) await whenFree(writeGathered)
  }

  return {
    record(record) {
      if (last !== undefined && isSame(last, record)) {
        last.times++
        return
      }
      const { tenant, atMs, subject, action, target, address } = record
      const key = `${secondOf(atMs)} ${action} ${tenant} ${subject} ${address} ${target}`
      last = gathered.get(key)
      if (last !== undefined) {
        last.times++
        return
      }
      last = { ...record, times: 1 }
      gathered.set(key, last)
      if (gathered.size === 1) schedule(gatherMs)
      else if (gathered.size === batchRecords) schedule(0)
    },

    async page(tenant, { after, before, limit, offset }) {
      await flush()
      let query = db
        .selectFrom('audit')
        .innerJoin('tenant', 'tenant.key', 'audit.tenant')
        .select(['at_ms', 'subject', 'action', 'target', 'address', 'times'])
        .where('tenant.name', '=', tenant)
      if (after !== undefined) query = query.where('at_ms', '>=', after)
      if (before !== undefined) query = query.where('at_ms', '<=', before)
      const rows = await query
        .orderBy('at_ms', 'desc')
        .orderBy('audit.key', 'desc')
        .limit(limit + 1)
        .offset(offset)
        .execute()
      const events = rows.slice(0, limit).map(
        ({ at_ms, subject, action, target, address, times }): AuditEventV1 => ({
          date: formatInstant(at_ms),
          ...(subject !== null && { user: subject }),
          action,
          ...(target !== null && { target }),
          address,
          ...(times > 1 && { times }),
        }),
      )
      return { hasMore: rows.length > limit, events }
    },

    async removeBefore(atMs) {
      const { database } = connection()
      const remove = database.prepare(
        'delete from audit where key in (select key from audit where tenant = ? and at_ms < ? limit ?)',
      )
      for (const { key } of await db.selectFrom('tenant').select('key').execute()) {
        let removed: number
        do removed = Number((await whenFree(() => remove.run(key, atMs, removedAtOnce))).changes)
        while (removed === removedAtOnce)
      }
    },

    async close() {
      await flush()
      own?.database.close()
      own = undefined
    },
  }
}

function isSame(a: AuditRecord, b: AuditRecord): boolean {
  return (
    a.target === b.target &&
    a.subject === b.subject &&
    a.tenant === b.tenant &&
    a.action === b.action &&
    a.address === b.address &&
    secondOf(a.atMs) === secondOf(b.atMs)
  )
}

function secondOf(ms: EpochMs): number {
  return Math.floor(ms / 1000)
}

/** Runs a write when no other process is writing. @throws its error, when others write for too long as well */
async function whenFree<T>(write: () => T): Promise<T> {
  const lastMs = Date.now() + longestWaitMs
  for (;;) {
    try {
      return write()
    } catch (error) {
      if (!isBusy(error) || Date.now() > lastMs) throw error
    }
    await delay(retryMs)
  }
}

/** https://www.sqlite.org/rescode.html#busy, extended codes included. */
function isBusy(error: unknown): boolean {
  const busy = 5
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy
}
