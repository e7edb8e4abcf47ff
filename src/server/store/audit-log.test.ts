import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
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
  vi.useRealTimers()
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

/** The middle of a second. */
const middleMs = Date.UTC(2026, 10, 28) + 400

function page(limit = 1000, offset = 0) {
  return store.audit.page('T', { ...auditQuery.defaults, limit, offset })
}

it('writes a second once it is over, so that the same is one record however often it is read meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: middleMs })
  const everything = () => {
    for (let n = 0; n < 300; n++) record(n)
  }
  everything()
  expect((await page()).events).toHaveLength(300)
  vi.advanceTimersByTime(500)
  everything()
  const { events } = await page()
  expect(events).toHaveLength(300)
  expect(events.every(({ times }) => times === 2)).toBe(true)
  expect(written()).toBe(0)
  vi.advanceTimersByTime(100)
  everything()
  await until(300)
  expect((await page()).events).toHaveLength(600)
  vi.advanceTimersByTime(1000)
  await until(600)
  expect((await page()).events.map(({ times = 1 }) => times)).toEqual([
    ...Array(300).fill(1),
    ...Array(300).fill(2),
  ])
})

it('has pages that are the same before and after they are written', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: middleMs })
  for (const ago of [3000, 2000, 2000, 1000]) record(ago, middleMs - ago)
  vi.advanceTimersByTime(600)
  await until(3)
  // Some of them are from before what is written: other instances write as well.
  for (const ago of [2500, 2000, 1500, 0]) record(ago + 1, middleMs - ago)
  record(4000, middleMs - 4000)
  const pages = async () => {
    const all: unknown[] = []
    for (const limit of [1, 2, 3, 8, 9])
      for (let offset = 0; offset < 10; offset++) all.push([limit, offset, await page(limit, offset)])
    return all
  }
  const before = await pages()
  expect(written()).toBe(3)
  vi.advanceTimersByTime(1000)
  await until(8)
  expect(await pages()).toEqual(before)
})

it('holds no more than a few megabytes for the end of a second', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: middleMs })
  const target = 'q'.repeat(16_000)
  for (let n = 0; n < 300; n++)
    store.audit.record({
      ...{ tenant: 'T', atMs: middleMs, subject: undefined, action: 'list', address: '::1' },
      target: `${target}${n}`,
    })
  vi.advanceTimersByTime(10)
  await until(300)
  // Whoever polls has the timers go on.
  expect(Date.now()).toBeLessThan(middleMs + 600)
})

it('neither waits for another writer nor loses a record to it', async () => {
  const other = openDatabase(path.join(folder, 'hindsight.db'))
  other.exec('begin immediate')
  for (let n = 0; n < 200; n++) record(n)
  let longestMs = 0
  // It is tried at the end of the second, and again and again from then on.
  for (let at = Date.now(), end = at + 1400; at < end; ) {
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
  const end = keepAuditFor(30, store.audit, (error) => failures.push(error))
  await until(1)
  end()
})

it('answers others between the records that it removes', async () => {
  const longAgoMs = Date.now() - 31 * 86_400_000
  for (let n = 0; n < 4500; n++) record(n, longAgoMs)
  await store.audit.removeBefore(0)
  expect(written()).toBe(4500)
  let others = 0
  let over = false
  const ask = () => {
    others++
    if (!over) setImmediate(ask)
  }
  setImmediate(ask)
  await store.audit.removeBefore(longAgoMs + 1)
  over = true
  expect(written()).toBe(0)
  expect(others).toBeGreaterThanOrEqual(2)
})

it('removes no more once it is closed', async () => {
  const longAgoMs = Date.now() - 31 * 86_400_000
  for (let n = 0; n < 4500; n++) record(n, longAgoMs)
  await store.audit.removeBefore(0)
  const removed = store.audit.removeBefore(longAgoMs + 1)
  await store.close()
  await removed
  // Whoever opened the database again has it open, with its log beside it.
  expect(await readdir(folder)).not.toContain('hindsight.db-wal')
  expect(written()).toBeGreaterThan(0)
  store = await openStore({ dataDir: folder })
})
