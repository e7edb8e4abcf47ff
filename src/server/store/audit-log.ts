/**
 * The audit: records are gathered in memory and written in batches, so that a request writes nothing. The same deed of the
 * same person from the same address within a second is one record that says how often: a program that asks thousands of
 * times a second costs a row. A crash loses what was gathered in the last second; what has to survive, a deletion, writes its record in its own transaction.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { AuditEventV1, AuditListV1 } from '../../contract/model/audit.ts'
import type { AuditQuery } from '../../contract/query/audit-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import type { AuditRow } from './audit-rows.ts'
import type { AuditRecord } from './audit-statement.ts'

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

/** What an engine does for the audit. */
export interface AuditStorage {
  /** All of them or none. One of a tenant that does not exist is nobody's, and not kept. */
  write(records: readonly (AuditRecord & { readonly times: number })[]): Promise<void>
  rows(tenant: string, query: AuditQuery): Promise<readonly AuditRow[]>
  /** The keys of all there are. */
  tenants(): Promise<readonly number[]>
  /** Removes some of a tenant's records. @returns how many */
  removeBefore(tenant: number, atMs: EpochMs, most: number): Promise<number>
  /** Whether it is another writer's turn, so that the same works a moment later. */
  isBusy(error: unknown): boolean
  close(): Promise<void>
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

/** @param failed told when a batch could not be written; it is kept and tried again */
export function createAuditLog(storage: AuditStorage, failed: (error: unknown) => void): AuditLog {
  let gathered = new Map<string, Gathered>()
  // Whoever asks thousands of times a second mostly asks the same as the time before.
  let last: Gathered | undefined
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const keepAgain = (batch: ReadonlyMap<string, Gathered>) => {
    for (const [key, record] of batch) {
      const since = gathered.get(key)
      if (since !== undefined) record.times += since.times
      gathered.set(key, record)
    }
    last = undefined
  }
  const writeGathered = async () => {
    const batch = gathered
    if (batch.size === 0) return
    gathered = new Map()
    last = undefined
    try {
      await storage.write([...batch.values()])
    } catch (error) {
      keepAgain(batch)
      throw error
    }
  }
  /** One batch after the other. */
  const writeInTurn = (): Promise<void> => {
    const turn = writing.then(writeGathered)
    writing = turn.catch(() => {})
    return turn
  }
  const schedule = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      writeInTurn().catch((error: unknown) => {
        const busy = storage.isBusy(error)
        if (!busy) failed(error)
        schedule(busy ? retryMs : gatherMs)
      })
    }, ms).unref()
  }
  const flush = async () => {
    clearTimeout(timer)
    try {
      await whenFree(writeInTurn)
    } catch (error) {
      schedule(gatherMs)
      throw error
    }
  }
  /** Runs a write when no other process is writing. @throws its error, when others write for too long as well */
  const whenFree = async <T>(write: () => Promise<T>): Promise<T> => {
    const lastMs = Date.now() + longestWaitMs
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!storage.isBusy(error) || Date.now() > lastMs) throw error
      }
      await delay(retryMs)
    }
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

    async page(tenant, query) {
      await flush()
      const rows = await storage.rows(tenant, query)
      const { limit } = query
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
      for (const tenant of await storage.tenants()) {
        let removed: number
        do removed = await whenFree(() => storage.removeBefore(tenant, atMs, removedAtOnce))
        while (removed === removedAtOnce)
      }
    },

    async close() {
      await flush()
      await storage.close()
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
