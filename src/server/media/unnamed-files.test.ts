/** Files that no row names, where there are very many of them, and where they cannot be removed. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { checkFiles } from './check-files.ts'
import type { LyingFile } from './held-media.ts'
import { MediaFailure } from './media-failure.ts'
import { nameOf } from './media-names.ts'

const count = 30_000
/** All others are named. */
const unnamedEvery = 1000
const repair = { repair: true, nowMs: Date.now(), signal: new AbortController().signal }
let folder: string
let store: Store

const recording = (n: number): HeldRecording => ({
  id: `rec-${n}`,
  mediaType: 'audio/webm',
  size: 2,
  // Of several with the same bytes each is looked for.
  sha256: createHash('sha256')
    .update(`${n % 20_000}`)
    .digest('hex'),
})

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  const all = Array.from({ length: count }, (_, n) => n)
  // The other way round than files are: what names the first of them comes last.
  const held = all
    .filter((n) => n % unnamedEvery !== 0)
    .map(recording)
    .reverse()
  const engagement = { id: 'call', associateInitiated: false }
  await store.writer.write('T', [{ engagement, held }])
  // What another tenant's rows name is not this one's.
  await store.writer.write('Other', [{ engagement, held: [recording(0)] }])
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** @param step 1: all files; that of those which nothing names: these alone */
function mediaOf(remove: (n: number) => Promise<void>, step = unnamedEvery) {
  return {
    async *files(): AsyncGenerator<LyingFile> {
      for (let n = 0; n < count; n += step)
        yield { name: nameOf('T', recording(n)), size: 2, writtenMs: 0, remove: () => remove(n) }
    },
  }
}

it('finds each of many, and asks the store for some of them at a time', async () => {
  const asked: number[] = []
  const check = {
    tenants: store.check.tenants,
    named(tenant: string, sha256s?: readonly string[]) {
      asked.push(sha256s?.length ?? 0)
      return store.check.named(tenant, sha256s)
    },
  }
  const removed: number[] = []
  const media = mediaOf(async (n) => void removed.push(n), 1)
  const { told, ...outcome } = await checkFiles({ check, writer: store.writer }, media, repair)
  expect(outcome).toEqual({ settled: count / unnamedEvery, left: 0 })
  expect(removed.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: count / unnamedEvery }, (_, n) => n * unnamedEvery),
  )
  expect([told.length, ...told.slice(-2)]).toEqual([
    22,
    'and 10 files of 20 bytes more that no row names',
    'Removed 30 files of 60 bytes that no row named',
  ])
  expect(asked).toEqual([20_000, 20, 10_000, 10])
})

it('says which cannot be removed, and goes on with the others', async () => {
  const media = mediaOf(async (n) => {
    if (n === 3000) throw new Error('read-only')
  })
  const { told, ...outcome } = await checkFiles(store, media, repair)
  expect(outcome).toEqual({ settled: 29, left: 1 })
  expect(told.slice(-2)).toEqual(['Removed 29 files of 58 bytes that no row named', 'Not removed: read-only'])
})

it('asks a place that does not answer no more, and removes nothing while files are held', async () => {
  let asked = 0
  const media = mediaOf(async () => {
    asked++
    throw new MediaFailure('unavailable', 'it is down')
  })
  const down = await checkFiles(store, media, repair)
  expect([down.settled, down.left, down.told.at(-1)]).toEqual([0, 30, 'Not removed: it is down'])
  expect(asked).toBeLessThan(20)
  const held = { check: store.check, writer: { whileUnheld: async () => false } }
  const later = await checkFiles(
    held,
    mediaOf(async () => expect.unreachable()),
    repair,
  )
  expect([later.settled, later.left, later.told.at(-1)]).toEqual([
    0,
    30,
    'Not removed: recordings are being taken in or backed up, and nothing is removed meanwhile',
  ])
})
