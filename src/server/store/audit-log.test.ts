import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditQuery } from '../../contract/query/audit-query.ts'
import { keepAuditFor } from './audit-retention.ts'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'

let folder: string
let store: Store
const failures: unknown[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder, auditFailed: (error) => failures.push(error) })
  await store.writer.write('T', [{ engagement: { id: '1', associateInitiated: false }, held: [] }])
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
  expect(failures).toEqual([])
})

function record(n: number, atMs = Date.now()) {
  const target = String(n)
  store.audit.record({ tenant: 'T', atMs, subject: undefined, action: 'list', target, address: '::1' })
}

/** As another process sees it: without asking the log, which would write what it holds. */
function written(): number {
  const other = openDatabase(path.join(folder, 'hindsight.db'))
  const row = other.prepare('select count(*) as n from audit').get()
  other.close()
  return Number(row?.n)
}

async function until(count: number): Promise<void> {
  await expect.poll(written, { timeout: 4000 }).toBe(count)
}

it('writes nothing at once, a full batch soon, and the rest within a second', async () => {
  for (let n = 0; n < 199; n++) record(n)
  expect(written()).toBe(0)
  record(199)
  const began = Date.now()
  await until(200)
  expect(Date.now() - began).toBeLessThan(900)
  record(200)
  await until(201)
})

it('neither waits for another writer nor loses a record to it', async () => {
  const other = openDatabase(path.join(folder, 'hindsight.db'))
  other.exec('begin immediate')
  for (let n = 0; n < 200; n++) record(n)
  let longestMs = 0
  for (let at = Date.now(), end = at + 400; at < end; ) {
    await delay(5)
    longestMs = Math.max(longestMs, Date.now() - at)
    at = Date.now()
  }
  // Waiting for the lock would hold up the process for as long as it is taken.
  expect(longestMs).toBeLessThan(300)
  other.exec('rollback')
  other.close()
  await until(200)
})

it('is written when the store is closed', async () => {
  record(1)
  await store.close()
  expect(written()).toBe(1)
  store = await openStore({ dataDir: folder })
})

it('keeps records for as many days as it is told', async () => {
  const day = 86_400_000
  for (let n = 0; n < 4500; n++) record(n, Date.now() - 31 * day)
  record(1, Date.now() - 29 * day)
  await store.audit.page('T', auditQuery.defaults)
  const end = keepAuditFor(30, store.audit, (error) => failures.push(error))
  await until(1)
  end()
})
