/**
 * The audit: records are gathered in memory and written in batches, so that a request writes nothing. The same deed of the
 * same person from the same address within a second is one record that says how often: a program that asks thousands of
 * times a second costs a row. So a second is written once it is over, or at the end. A crash loses what was gathered of the
 * last second; what has to survive, a deletion, writes its record in its own transaction.
 */
import { setTimeout as delay, setImmediate as letOthers } from 'node:timers/promises'
import type { AuditEventV1, AuditListV1 } from '../../contract/model/audit.ts'
import type { AuditQuery } from '../../contract/query/audit-query.ts'
import { type EpochMs, formatInstant } from '../../contract/query/instant.ts'
import type { AuditRow } from './audit-rows.ts'
import type { AuditRecord } from './audit-statement.ts'
import { withUnwritten } from './audit-unwritten.ts'

const secondMs = 1000
const batchRecords = 200
/** Characters: when as much is gathered, the second is not waited for, so that memory does not grow with what is asked. */
const mostText = 4 * 1024 * 1024
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
  /** Undefined: there is no such tenant. */
  rows(tenant: string, query: AuditQuery): Promise<readonly AuditRow[] | undefined>
  /** The keys of all there are. */
  tenants(): Promise<readonly number[]>
  /** Removes some of a tenant's records. @returns how many */
  removeBefore(tenant: number, atMs: EpochMs, most: number): Promise<number>
  /** Whether it is another writer's turn, so that the same works a moment later. */
  isBusy(error: unknown): boolean
  close(): Promise<void>
}

export interface AuditLog {
  /** Is in the store once its second is over. */
  record(record: AuditRecord): void
  /** Newest first, with everything recorded until now. */
  page(tenant: string, query: AuditQuery): Promise<AuditListV1>
  /** Removes records older than a moment, a few at a time, until all are removed or it is closed. */
  removeBefore(atMs: EpochMs): Promise<void>
  /** @throws when what was gathered cannot be written */
  close(): Promise<void>
}

/** @param failed told when a batch could not be written; it is kept and tried again */
export function createAuditLog(storage: AuditStorage, failed: (error: unknown) => void): AuditLog {
  const gathered = new Map<string, Gathered>()
  let text = 0
  // Whoever asks thousands of times a second mostly asks the same as the time before.
  let last: Gathered | undefined
  let timer: NodeJS.Timeout | undefined
  let turns: Promise<unknown> = Promise.resolve()
  let closing = false

  /** Takes some out of what is gathered. */
  const takeDue = (due: Due, most: number): ReadonlyMap<string, Gathered> => {
    const batch = new Map<string, Gathered>()
    // A clock that is set back makes seconds that are to come; they are not waited for.
    const current = secondOf(Date.now())
    for (const [key, record] of gathered) {
      if (batch.size === most) break
      if (due === 'over' && secondOf(record.atMs) === current) continue
      batch.set(key, record)
      gathered.delete(key)
      text -= key.length
    }
    last = undefined
    return batch
  }
  const keepAgain = (batch: ReadonlyMap<string, Gathered>) => {
    for (const [key, record] of batch) {
      const since = gathered.get(key)
      if (since === undefined) text += key.length
      else record.times += since.times
      gathered.set(key, record)
    }
    last = undefined
  }
  const writeDue = async (due: Due) => {
    // Those that come meanwhile are the next turn's.
    for (let left = gathered.size; left > 0; ) {
      const batch = takeDue(due, Math.min(left, batchRecords))
      if (batch.size === 0) return
      left -= batch.size
      try {
        await storage.write([...batch.values()])
      } catch (error) {
        keepAgain(batch)
        throw error
      }
      await letOthers()
    }
  }
  /** One after the other, so that a reader finds each record written or not yet. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = turns.then(act)
    turns = turn.catch(() => {})
    return turn
  }
  const schedule = (ms = secondMs - (Date.now() % secondMs), due: Due = 'over') => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      inTurn(() => writeDue(due)).then(
        () => {
          if (gathered.size > 0) schedule()
        },
        (error: unknown) => {
          const busy = storage.isBusy(error)
          if (!busy) failed(error)
          schedule(busy ? retryMs : secondMs, due)
        },
      )
    }, ms).unref()
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
      const before = text
      text += key.length
      if (gathered.size === 1) schedule()
      else if (before <= mostText && text > mostText) schedule(0, 'all')
    },

    async page(tenant, query) {
      const rows = await inTurn(() =>
        withUnwritten([...gathered.values()], tenant, query, (asked) => storage.rows(tenant, asked)),
      )
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
      await whenFree(() => inTurn(() => writeDue('over')))
      if (closing) return
      for (const tenant of await storage.tenants()) {
        const removeSome = async () => (closing ? 0 : storage.removeBefore(tenant, atMs, removedAtOnce))
        for (let removed = removedAtOnce; removed === removedAtOnce; await letOthers())
          removed = await whenFree(removeSome)
      }
    },

    async close() {
      closing = true
      clearTimeout(timer)
      try {
        await whenFree(() => inTurn(() => writeDue('all')))
      } catch (error) {
        schedule(secondMs, 'all')
        throw error
      }
      await storage.close()
    },
  }
}

/** Of what is gathered: seconds that are over, or everything. */
type Due = 'over' | 'all'

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
  return Math.floor(ms / secondMs)
}
