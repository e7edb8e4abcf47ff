import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { IncomingEngagement } from './engagement-writer.ts'
import type { Store } from './store.ts'
import type { SyncGap, WalkKey } from './sync-state.ts'

const key: WalkKey = { tenant: 'T', scope: 'https://live.example ..', status: 'successful' }
const never = { wholeMs: undefined, underWay: undefined }
const call = (id: string, fields: object = {}): IncomingEngagement => ({
  engagement: { id, status: 'successful', associateInitiated: false, ...fields },
  held: [],
})
let stores: TestStores
let store: Store

beforeEach(async () => {
  stores = await createTestStores()
  store = await stores.open()
})
afterEach(async () => {
  await store.close()
  await stores.drop()
})

it('is what was put last, for its tenant, scope and status alone', async () => {
  const { syncState, writer } = store
  expect(await syncState.walk(key)).toEqual(never)
  const states = [
    { wholeMs: undefined, underWay: { begunMs: 5, reachedMs: undefined } },
    { wholeMs: 5, underWay: { begunMs: 7, reachedMs: 2000 } },
    { wholeMs: 7, underWay: undefined },
  ]
  for (const state of states) {
    await writer.write('T', [], [{ kind: 'put', key, state }])
    expect(await syncState.walk(key)).toEqual(state)
  }
  expect(await syncState.walk({ ...key, tenant: 'Other' })).toEqual(never)
  expect(await syncState.walk({ ...key, scope: 'https://live.example .. with recordings' })).toEqual(never)
  expect(await syncState.walk({ ...key, status: 'unsuccessful' })).toEqual(never)
})

it('is kept with the rows or not at all', async () => {
  const { syncState, writer } = store
  // A moment that is none is kept by no engine.
  const writing = writer.write(
    'T',
    [call('a')],
    [
      { kind: 'put', key, state: { wholeMs: 1, underWay: undefined } },
      { kind: 'note-gap', key, gap: { fromMs: Number.NaN, toMs: 1 }, notedMs: 1 },
    ],
  )
  await expect(writing).rejects.toThrow()
  expect(await syncState.walk(key)).toEqual(never)
  expect(await store.source.engagement('T', 'a')).toBeUndefined()
})

it('keeps a gap once, and clears those that were not noted since', async () => {
  const { syncState, writer } = store
  const gap = (fromMs: number, toMs: number) => ({ fromMs, toMs })
  const note = (noted: SyncGap, notedMs: number) => ({ kind: 'note-gap', key, gap: noted, notedMs }) as const
  await writer.write(
    'T',
    [],
    [
      note(gap(1000, 1000), 10),
      note(gap(1000, 1000), 20),
      note(gap(2000, 3000), 10),
      note(gap(5000, 9000), 10),
    ],
  )
  const clearing = { kind: 'clear-gaps', key, inside: gap(1000, 5000), notedBeforeMs: 15 } as const
  await writer.write('T', [], [clearing])
  expect(await syncState.gaps(key)).toEqual([gap(1000, 1000), gap(5000, 9000)])
  expect(await syncState.gaps({ ...key, status: 'unsuccessful' })).toEqual([])
})

it('finds the first engagement that is still open', async () => {
  const open = (id: string, startDate: string) => call(id, { startDate })
  await store.writer.write('T', [
    open('before', '2026-01-01T00:00:00Z'),
    call('ended', { startDate: '2026-01-02T00:00:00Z', endDate: '2026-01-02T00:01:00Z' }),
    open('later', '2026-01-04T00:00:00Z'),
    open('first', '2026-01-03T00:00:00Z'),
    call('other', { startDate: '2026-01-02T00:00:00Z', status: 'unsuccessful' }),
  ])
  const from = Date.parse('2026-01-01T00:00:01Z')
  expect(await store.syncState.firstOpen(key, from)).toBe(Date.parse('2026-01-03T00:00:00Z'))
  expect(await store.syncState.firstOpen({ ...key, tenant: 'Other' }, from)).toBeUndefined()
})
