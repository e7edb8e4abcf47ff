/** A database as its writer leaves it, and then broken by hand. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countQuery } from '../../../../contract/query/engagement-query.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../store.ts'

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
      ...(n % 4 !== 0 && { endDate: new Date(Date.UTC(2026, 0, 31, 20) + n * 451_000).toISOString() }),
      ...(n % 4 !== 0 && { duration: n }),
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

it('tells which bytes rows name, those that have yet to go included, each once', async () => {
  expect(await store.check.tenants()).toEqual(['T', 'Other'])
  const other = await Array.fromAsync(store.check.named('Other'))
  expect(other.map(({ id }) => id)).toEqual(['rec-0', 'rec-1', 'rec-2', 'rec-3', 'rec-4'])
  await superuser.query(`insert into recording (tenant, id, engagement_id, media_type, size, sha256)
    select key, 'more-' || n, 'call-1', 'audio/webm', 1, n % 2 from tenant, generate_series(1, 30000) as n where name = 'T'`)
  const named = async (...sha256s: string[]) =>
    (await Array.fromAsync(store.check.named('T', sha256s))).map(({ id }) => id)
  expect(await named('x')).toHaveLength(60)
  expect(await named('x')).toContain('rec-3')
  const odd = await named('1', 'nobody has it')
  expect([odd.length, new Set(odd).size]).toEqual([15_000, 15_000])
  expect(await named('0', '1')).toHaveLength(30_000)
  expect(await named('nobody has it')).toEqual([])
  await superuser.query(`delete from recording where id like 'more-%'`)
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
    expect.stringMatching(
      /^T, unsuccessful: kept counts of starts .* it is 0, the rows are \d+; and \d+ more$/,
    ),
    expect.stringMatching(
      /^T, unsuccessful: kept counts of what has an end .* it is 0, the rows are 1; and \d+ more$/,
    ),
    expect.stringMatching(/^Other, neither .*: of day 7 since 1970 it is 3, the rows are 0$/),
  ])
  expect(await store.check.repair(found, signal)).toEqual(['Counted starts and durations anew from the rows'])
  expect(await findings()).toEqual([])
  const [after] = (await superuser.query('select version from tenant where name = $1', ['T'])).rows
  expect(after.version).not.toBe(before.version)
})

it('finds what is kept of ends and durations and is not as the rows are, and makes it anew', async () => {
  const statements = [
    `update start_count set ended = ended + 1 where status = 1 and unit = 1 and at = (select min(at) from start_count where unit = 1)`,
    `update start_count set longest_ms = longest_ms - 1 where status = 1 and unit = 0`,
    `update start_count set engagements = engagements - 1 where status = 0 and unit = 2`,
    `delete from duration_count where seconds = 7`,
  ]
  const ofT = `tenant = (select key from tenant where name = 'T')`
  for (const statement of statements)
    expect([statement, (await superuser.query(`${statement} and ${ofT}`)).rowCount]).not.toEqual([
      statement,
      0,
    ])
  // What is of rows as they were is not compared, but for the counts of starts.
  await superuser.query(`update tenant set counted_version = 1 where name = 'T'`)
  expect(await findings()).toEqual([])
  await superuser.query(`update tenant set counted_version = version where name = 'T'`)
  const found = await store.check.findings(signal)
  expect(found.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^T, successful: kept counts of what has an end differ from the rows: of hour \d+/),
    expect.stringMatching(
      /^T, successful: kept bounds of lengths differ .* to 30999 ms, the rows are 1000 to 31000 ms; /,
    ),
    'T, successful: kept counts of durations differ from the rows: of 7 seconds it is 0, the rows are 1',
    expect.stringMatching(
      /^T, unsuccessful: kept counts of what has no start differ .* of no start it is 5, the rows are 6$/,
    ),
  ])
  expect(await store.check.repair(found, signal)).toEqual(['Counted starts and durations anew from the rows'])
  expect(await findings()).toEqual([])
})

it('finds ids that lead nowhere, and people who are not those of the documents, and makes them anew', async () => {
  const statements = [
    `delete from engagement_key where id = 'call-4'`,
    `update engagement_key set start_ms = start_ms + 1 where id = 'call-6'`,
    `insert into engagement_key select key, 'gone', 99, 0 from tenant where name = 'T'`,
    `delete from participant where id = 'call-7'`,
    `update participant set duration = 8 where id = 'call-8'`,
    `update participant set end_ms = 9 where id = 'call-9' and person = (select min(person) from participant where id = 'call-9')`,
    `insert into participant select tenant, start_ms, 999, person, 'gone', status, end_ms, duration from participant where id = 'call-11'`,
    `insert into person (tenant, email) select key, 'nobody@x.example' from tenant where name = 'T'`,
    `delete from person where email = '1@x.example'`,
  ]
  const keys = async () => {
    const { rows } = await superuser.query('select key from person where email like $1 order by key', [
      'all%',
    ])
    return rows
  }
  const before = await keys()
  for (const statement of statements)
    expect([statement, (await superuser.query(statement)).rowCount]).not.toEqual([statement, 0])
  const found = await store.check.findings(signal)
  expect(found.map(({ text }) => text)).toEqual([
    'T: ids lead elsewhere than to their engagements: call-4; and 2 more',
    expect.stringMatching(
      /^T: participants are missing or differ from their document: .* of call-\d+; and \d+ more$/,
    ),
    'T: rows of participants are in no document: 24 of 118',
    'T: people are in no engagement: nobody@x.example',
    'Other: ids lead elsewhere than to their engagements: call-4',
    'Other: participants are missing or differ from their document: 1@x.example of call-1; and 1 more',
    'Other: rows of participants are in no document: 2 of 10',
  ])
  expect(await store.check.repair(found, signal)).toEqual([
    'Made the places of ids anew from the engagements',
    'Made the rows of participants and people anew from the documents',
  ])
  expect(await findings()).toEqual([])
  expect(await keys()).toEqual(before)
  const filter = { ...countQuery.defaults, status: 'all' as const, user: ['1@x.example'] }
  expect(await store.source.count('Other', filter)).toBe(2)
})

it('tells of columns that differ from their document, and cannot mend them', async () => {
  await superuser.query(`update engagement set duration = 99 where id = 'call-8'`)
  await superuser.query(`update participant set duration = 99 where id = 'call-8'`)
  const found = await store.check.findings(signal)
  expect(found).toEqual([
    {
      text: 'T, successful: kept counts of durations differ from the rows: of 99 seconds it is 0, the rows are 1',
      repair: 'rollups',
    },
    { text: 'T: columns differ from their document: call-8', repair: undefined },
  ])
  await superuser.query(`update engagement set duration = '-infinity' where id = 'call-8'`)
  await superuser.query(`update participant set duration = '-infinity' where id = 'call-8'`)
})

it('changes nothing of a tenant in which nothing is wrong', async () => {
  await superuser.query(`delete from participant where tenant = (select key from tenant where name = 'T')`)
  const version = async () =>
    (await superuser.query(`select version from tenant where name = 'Other'`)).rows[0].version
  const before = await version()
  await store.check.repair(await store.check.findings(signal), signal)
  expect(await findings()).toEqual([])
  expect(await version()).toBe(before)
})
