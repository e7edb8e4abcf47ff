/** A database as its writer leaves it, and then broken by hand. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../open-store.ts'

const signal = new AbortController().signal
let stores: TestStores
let store: Store
let superuser: Client

beforeAll(async () => {
  stores = await createTestStores('PostgreSQL')
  store = await stores.open()
  const call = (n: number) => ({
    engagement: {
      id: `call-${n}`,
      ...(n % 10 !== 0 && { startDate: new Date(Date.UTC(2026, 0, 31, 20) + n * 450_000).toISOString() }),
      status: n % 5 === 0 ? 'unsuccessful' : 'successful',
      users: [{ uri: `${n % 3}@x.example` }, { uri: 'all\u0000@x.example' }],
      associateInitiated: false,
    },
    held: [{ id: `rec-${n}`, mediaType: 'audio/webm', size: 1, sha256: 'x' }],
  })
  const calls = Array.from({ length: 60 }, (_, n) => call(n))
  await store.writer.write('T', calls)
  await store.writer.write('Other', calls.slice(0, 5))
  await store.writer.remove('T', 'call-3', { atMs: 0, subject: undefined, address: '::1' })
  superuser = (await stores.database?.superuser()) as Client
})
afterAll(async () => {
  await superuser.end()
  await store.close()
  await stores.drop()
})

const findings = async () => (await store.check.findings(signal)).map(({ text }) => text)

it('finds nothing wrong with what the writer wrote', async () => {
  expect(await findings()).toEqual([])
  const recordings = []
  for await (const recording of store.check.recordings()) recordings.push(recording)
  expect(recordings).toHaveLength(64)
  expect(recordings.every(({ placed }) => placed)).toBe(true)
})

it('finds counts that are wrong, missing or too many, and makes them anew', async () => {
  const [before] = (await superuser.query('select version from tenant where name = $1', ['T'])).rows
  await superuser.query(`update start_count set engagements = engagements + 1
    where tenant = (select key from tenant where name = 'T') and status = 1 and unit = 0`)
  await superuser.query('delete from start_count where status = 0 and unit = 1')
  await superuser.query(`insert into start_count select key, 2, 0, 7, 3 from tenant where name = 'Other'`)
  const found = await store.check.findings(signal)
  expect(found.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^T, successful: kept counts of starts differ from the rows: of day \d+ since 1970/,
    ),
    expect.stringMatching(/^T, unsuccessful: kept counts .* it is 0, the rows are \d+; and \d+ more$/),
    expect.stringMatching(/^Other, neither .*: of day 7 since 1970 it is 3, the rows are 0$/),
  ])
  expect(await store.check.repair(found, signal)).toEqual(['Counted starts anew from the rows'])
  expect(await findings()).toEqual([])
  const [after] = (await superuser.query('select version from tenant where name = $1', ['T'])).rows
  expect(after.version).not.toBe(before.version)
})

it('finds ids that lead nowhere, and people who are not those of the documents', async () => {
  await superuser.query(`delete from engagement_key where id = 'call-4'`)
  await superuser.query(`delete from participant where id = 'call-7'`)
  await superuser.query(
    `insert into person (tenant, email) select key, 'nobody@x.example' from tenant where name = 'T'`,
  )
  expect(await findings()).toEqual([
    'T: ids lead elsewhere than to their engagements: call-4',
    'T: others are kept as users than the documents have: call-7',
    'T: people are kept who took part in nothing: nobody@x.example',
    'Other: ids lead elsewhere than to their engagements: call-4',
  ])
})
