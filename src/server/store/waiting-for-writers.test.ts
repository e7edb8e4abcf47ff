/** The embedded database has one writer at a time: whoever waits for another process must not hold up everybody else meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'

const removal = { atMs: 0, subject: undefined, address: '::1' }
const recording = { id: 'rec', mediaType: 'audio/ogg', size: 1, sha256: 'ab' }
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  const engagement = { id: 'call', associateInitiated: false }
  await store.writer.write('T', [{ engagement, held: [recording] }])
  await store.writer.write('T', [{ engagement, held: [{ ...recording, sha256: 'cd' }] }])
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const view = { name: 'Mine', format: 1, parameters: [] }
const noBytes = async () => {}
const deed = { atMs: 0, by: 'ana@x.example' }

const writes: readonly (readonly [string, () => Promise<unknown>, unknown])[] = [
  ['A deletion', () => store.writer.remove('T', 'call', removal), true],
  [
    'A removal of a file',
    () => store.writer.clearLeftFile({ tenant: 'T', ...recording }, noBytes),
    'cleared',
  ],
  ['A saved view', async () => (await store.views.create('T', 'mine', view, deed)).kind, 'done'],
]

it.each(writes)('%s waits for another writer, and nobody for it', async (_, act, done) => {
  const other = openDatabase(path.join(folder, 'hindsight.db'))
  other.exec('begin immediate')
  const acted = act()
  // Nobody comes as far while SQLite itself waits.
  await delay(100)
  other.exec('rollback')
  other.close()
  expect(await acted).toBe(done)
})

it.each(writes)('%s that waits for too long may be tried again', async (_, act) => {
  const other = openDatabase(path.join(folder, 'hindsight.db'))
  other.exec('begin immediate')
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const acted = act().catch((error: unknown) => error)
    // It waits by then.
    await delay(100)
    vi.setSystemTime(Date.now() + 6000)
    expect(await acted).toMatchObject({ kind: 'no-database', retryAfterMs: 1000 })
  } finally {
    vi.useRealTimers()
    other.close()
  }
})
