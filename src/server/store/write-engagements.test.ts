import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import type { IncomingEngagement } from './engagement-writer.ts'
import { openStore, type Store } from './open-store.ts'

const tenant = 'T'
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

function call(id: string, fields: Partial<IncomingEngagement['engagement']> = {}): IncomingEngagement {
  return { engagement: { id, status: 'successful', associateInitiated: false, ...fields }, held: [] }
}

async function idsOf(user: string): Promise<string[]> {
  const { documents } = await store.source.page(tenant, { ...engagementQuery.defaults, user: [user] })
  return documents.map((document) => JSON.parse(document).id)
}

it('counts what was added, changed and left as it was', async () => {
  expect(await store.writer.write(tenant, [call('1'), call('2')])).toEqual({
    added: 2,
    changed: 0,
    unchanged: 0,
  })
  expect(await store.writer.write(tenant, [call('1'), call('2', { duration: 5 }), call('3')])).toEqual({
    added: 1,
    changed: 1,
    unchanged: 1,
  })
})

it('keeps the later of two with one id in a batch', async () => {
  await store.writer.write(tenant, [call('1', { reason: 'first' }), call('1', { reason: 'second' })])
  expect(JSON.parse((await store.source.engagement(tenant, '1')) ?? '')).toMatchObject({ reason: 'second' })
})

it('moves an engagement from the people who left it to those who joined', async () => {
  await store.writer.write(tenant, [
    call('1', { users: [{ uri: 'Ana@x.example' }, { uri: 'zoe@x.example' }] }),
  ])
  await store.writer.write(tenant, [
    call('1', { users: [{ uri: 'zoe@x.example' }, { uri: 'ben@x.example' }] }),
  ])
  expect(await idsOf('ana@x.example')).toEqual([])
  expect(await idsOf('zoe@x.example')).toEqual(['1'])
  expect(await idsOf('ben@x.example')).toEqual(['1'])
})

it('writes a batch whole or not at all', async () => {
  const broken = call('2', { users: [{ uri: 'ana@x.example' }] })
  const unreadable = {
    ...broken,
    engagement: { ...broken.engagement, duration: Number.NaN, id: Symbol('no text') },
  }
  const batch = [
    call('1', { users: [{ uri: 'ana@x.example' }] }),
    unreadable as unknown as IncomingEngagement,
  ]
  await expect(store.writer.write(tenant, batch)).rejects.toThrow()
  expect(await store.isEmpty()).toBe(true)
  // People remembered from the batch that was undone are not taken for known.
  await store.writer.write(tenant, [call('1', { users: [{ uri: 'ana@x.example' }] })])
  expect(await idsOf('ana@x.example')).toEqual(['1'])
})

it('keeps a recording of one tenant from another', async () => {
  const held = [{ id: 'rec', mediaType: 'audio/webm', size: 3, sha256: 'ab' }]
  await store.writer.write(tenant, [{ ...call('1'), held }])
  expect(await store.findRecording(tenant, 'rec')).toEqual(held[0])
  expect(await store.findRecording('Other', 'rec')).toBeUndefined()
})

it('opens again with everything in it', async () => {
  await store.writer.write(tenant, [call('1')])
  await store.close()
  store = await openStore({ dataDir: folder })
  expect(await store.source.engagement(tenant, '1')).toContain('"id":"1"')
})
