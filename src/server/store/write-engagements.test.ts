import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { IncomingEngagement } from './engagement-writer.ts'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { unknownStart } from './start-key.ts'
import type { Store } from './store.ts'

const tenant = 'T'
/** What looks into the tables is of the embedded ones. */
const embedded = inject('engine') === 'embedded'
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

it.runIf(embedded)(
  'keeps counts of days and people equal to the rows, whatever is written and removed, by whomever',
  async () => {
    const day = 86_400_000
    const start = fc.option(
      fc.integer({ min: -3, max: 3 }).map((n) => formatInstant(n * day + (n % 2) * 1000)),
    )
    const incoming = fc
      .record({
        id: fc.constantFrom('1', '2', '3', '4'),
        status: fc.constantFrom('successful', 'unsuccessful', 'parked'),
        startDate: start,
        users: fc.uniqueArray(fc.constantFrom('ana@x.example', 'ben@x.example', 'zoe@x.example')),
      })
      .map(({ id, status, startDate, users }) =>
        call(id, {
          status,
          ...(startDate !== null && { startDate }),
          users: users.map((uri) => ({ uri })),
        }),
      )
    // A server beside the import: what it removes, the import's writer has to learn.
    const other = await stores.open()
    const removal = { atMs: 0, subject: 'admin@x.example', address: '::1' }
    const database = openDatabase(path.join(stores.folder, 'hindsight.db'))
    const days = (sql: string) => database.prepare(sql).all()
    await fc.assert(
      fc.asyncProperty(
        fc.array(incoming, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (batch, own) => {
          await store.writer.write(tenant, batch)
          await (own ? store : other).writer.remove(tenant, '1', removal)
          await (own ? store : other).writer.remove(tenant, '2', removal)
          await store.writer.write(tenant, batch.slice(1))
          expect(
            days('select status, day, engagements as n from start_day where n <> 0 order by status, day'),
          ).toEqual(
            days(
              `select status, cast(floor(start_key / ${day}.0) as integer) as day, count(*) as n from engagement
           where start_key > ${unknownStart} group by status, day order by status, day`,
            ),
          )
          expect(
            days('select status, day, * from start_day').flatMap(({ status, day: since, ...columns }) =>
              Array.from({ length: 24 }, (_, hour) => ({
                status,
                hour: Number(since) * 24 + hour,
                n: columns[`hour_${hour}`],
              })).filter(({ n }) => n !== 0),
            ),
          ).toEqual(
            days(
              `select status, cast(floor(start_key / ${day / 24}.0) as integer) as hour, count(*) as n from engagement
           where start_key > ${unknownStart} group by status, hour order by status, hour`,
            ),
          )
          expect(
            days('select distinct email from participant join person on key = person order by email'),
          ).toEqual(
            days(
              `select distinct u.value ->> 'uri' as email from document, json_each(doc, '$.users') as u order by email`,
            ),
          )
          expect(days('select key from person where key not in (select person from participant)')).toEqual([])
        },
      ),
    )
    database.close()
    await other.close()
  },
)

it('forgets a person whom another process has removed, and whose key somebody else has got', async () => {
  const other = await stores.open()
  await store.writer.write(tenant, [call('1', { users: [{ uri: 'zoe@x.example' }] })])
  await other.writer.remove(tenant, '1', { atMs: 0, subject: undefined, address: '::1' })
  await other.writer.write(tenant, [call('2', { users: [{ uri: 'ben@x.example' }] })])
  await store.writer.write(tenant, [call('3', { users: [{ uri: 'zoe@x.example' }] })])
  await other.close()
  expect(await idsOf('zoe@x.example')).toEqual(['3'])
  expect(await idsOf('ben@x.example')).toEqual(['2'])
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

describe.runIf(embedded)('arrivals', () => {
  let database: DatabaseSync
  beforeEach(() => {
    database = openDatabase(path.join(stores.folder, 'hindsight.db'))
  })
  afterEach(() => database.close())

  const removal = { atMs: 0, subject: undefined, address: '::1' }
  const keyOf = (id: string) =>
    Number(database.prepare('select key from engagement where id = short_id(?)').get(id)?.key)
  const arrivals = (of = tenant) =>
    database
      .prepare(
        'select at_ms, last_key from arrival join tenant on key = tenant where name = ? order by at_ms, last_key',
      )
      .all(of)
      .map((row) => ({ atMs: Number(row.at_ms), lastKey: Number(row.last_key) }))

  it('are noted once a batch that added anything, with the last key of it', async () => {
    const before = Date.now()
    await store.writer.write(tenant, [call('1'), call('2')])
    await store.writer.write('Other', [call('3')])
    await store.writer.write(tenant, [call('1', { duration: 9 }), call('2')])
    expect(arrivals()).toEqual([{ atMs: expect.any(Number), lastKey: keyOf('2') }])
    await store.writer.write(tenant, [call('2', { duration: 9 }), call('4')])
    expect(arrivals().map(({ lastKey }) => lastKey)).toEqual([keyOf('2'), keyOf('4')])
    for (const { atMs } of arrivals()) expect(atMs).toBeGreaterThanOrEqual(before)
    expect(arrivals('Other')).toEqual([{ atMs: expect.any(Number), lastKey: keyOf('3') }])
  })

  it('each have a moment of their own, however fast they come and whoever writes', async () => {
    const other = await stores.open()
    for (let n = 0; n < 40; n++) await (n % 2 === 0 ? store : other).writer.write(tenant, [call(`${n}`)])
    await other.close()
    const moments = arrivals().map(({ atMs }) => atMs)
    expect(new Set(moments).size).toBe(40)
    expect(arrivals().map(({ lastKey }) => lastKey)).toEqual(
      Array.from({ length: 40 }, (_, n) => keyOf(`${n}`)),
    )
  })

  it('leave a changed engagement its key, and give nobody the key of a removed one', async () => {
    const other = await stores.open()
    await store.writer.write(tenant, [call('1'), call('2')])
    const [first, newest] = [keyOf('1'), keyOf('2')]
    await store.writer.write(tenant, [call('1', { duration: 9 })])
    expect(keyOf('1')).toBe(first)
    await other.writer.remove(tenant, '2', removal)
    await store.writer.write(tenant, [call('2'), call('3')])
    expect(keyOf('2')).toBeGreaterThan(newest)
    for (const id of ['1', '2', '3']) await store.writer.remove(tenant, id, removal)
    const last = arrivals().at(-1)?.lastKey ?? 0
    await other.writer.write(tenant, [call('4')])
    expect(keyOf('4')).toBeGreaterThan(last)
    await other.close()
  })
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
  store = await stores.open()
  expect(await store.source.engagement(tenant, '1')).toContain('"id":"1"')
})
