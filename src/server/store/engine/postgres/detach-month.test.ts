/** A month that an operator takes out of a database while a server goes on over it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../../../contract/query/histogram-query.ts'
import { histogramModel } from '../../../source/start-histogram.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../store.ts'
import { type Connections, openPool } from './open-pool.ts'

const signal = new AbortController().signal
const query = { ...engagementQuery.defaults, status: 'all', limit: 100 } as const
let stores: TestStores
let store: Store
let owner: Connections

/** One a day, the last and the first moment of months among them; some without a start. */
const calls = Array.from({ length: 92 }, (_, n) => ({
  engagement: {
    id: n % 30 === 7 ? `${n}`.repeat(3000) : `call-${n}`,
    ...(n < 90 && { startDate: new Date(Date.UTC(2026, 0, 1 + n) - (n % 2)).toISOString() }),
    status: n % 5 === 0 ? 'unsuccessful' : 'successful',
    users: [{ uri: `${n}@x.example` }, { uri: 'all@x.example' }],
    associateInitiated: false,
  },
  held: [{ id: `rec-${n}`, mediaType: 'audio/webm', size: 1, sha256: 'ab' }],
}))
const isOfFebruary = ({ engagement: { startDate } }: (typeof calls)[number]) =>
  startDate?.startsWith('2026-02') === true
const left = calls.filter((call) => !isOfFebruary(call))
const gone = calls.filter(isOfFebruary)

beforeAll(async () => {
  stores = await createTestStores('PostgreSQL')
  store = await stores.open()
  await store.writer.write('T', calls)
  await store.writer.write('Other', calls)
  const settings = stores.database?.settings
  if (settings === undefined) throw new Error('A test of PostgreSQL alone')
  owner = openPool(
    settings,
    settings.hosts[0],
    { name: 'owner', connections: 1, statementMs: 5000 },
    () => {},
  )
})
afterAll(async () => {
  await owner.end()
  await store.close()
  await stores.drop()
})

async function run(statement: string): Promise<unknown[]> {
  const client = await owner.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    client.release()
  }
}
async function ids(tenant: string): Promise<string[]> {
  const { documents } = await store.source.page(tenant, { ...query, sort: 'oldest' })
  return documents.map((document) => JSON.parse(document).id).sort()
}
const idsOf = (those: typeof calls) => those.map(({ engagement: { id } }) => id).sort()

it('takes it out of pages, counts and all else, and of one tenant alone', async () => {
  const before = await store.source.version('T', 'now')
  expect(gone.length).toBeGreaterThan(25)
  expect(await run(`select hindsight_detach_month('T', '2026-02')`)).toEqual([
    { hindsight_detach_month: expect.stringMatching(/^participant_\d+_m673_detached_\d+$/) },
    { hindsight_detach_month: expect.stringMatching(/^engagement_\d+_m673_detached_\d+$/) },
  ])
  expect(await ids('T')).toEqual(idsOf(left))
  expect(await ids('Other')).toEqual(idsOf(calls))
  expect(await store.source.version('T', 'now')).not.toBe(before)
  expect(await store.source.count('T', query)).toBe(left.length)
  expect(await store.source.count('T', { ...query, user: ['all@x.example'] })).toBe(left.length)
  const { startAfter, startBefore } = {
    startAfter: Date.UTC(2026, 0, 20),
    startBefore: Date.UTC(2026, 2, 10) - 1,
  }
  const bars = await store.source.histogram('T', {
    ...histogramQuery.defaults,
    ...query,
    startAfter,
    startBefore,
  })
  const counted = histogramModel(bars).buckets.reduce(
    (sum, { successful, unsuccessful, other }) => sum + successful + unsuccessful + other,
    0,
  )
  expect(counted).toBe(await store.source.count('T', { ...query, startAfter, startBefore }))
  expect(await store.source.engagement('T', gone[0]?.engagement.id ?? '')).toBeUndefined()
  expect(
    await store.source.users('T', { startsWith: gone[0]?.engagement.users[0]?.uri ?? '', limit: 9 }),
  ).toEqual([])
  expect(await store.check.findings(signal)).toEqual([])
  for await (const recording of store.check.recordings()) expect(recording.placed).toBe(true)
  const files = (await store.writer.leftFiles()).map(({ tenant, id }) => ({ tenant, id }))
  expect(files).toHaveLength(gone.length)
  expect(new Set(files.map(({ tenant }) => tenant))).toEqual(new Set(['T']))
})

it('takes engagements of that month again, by a server that knew it before, and lets it go again', async () => {
  const [one] = gone
  if (one === undefined) throw new Error('There is none')
  expect(await store.writer.write('T', [one])).toMatchObject({ added: 1 })
  expect(await ids('T')).toEqual(idsOf([...left, one]))
  expect(await store.source.count('T', query)).toBe(left.length + 1)
  expect(await store.check.findings(signal)).toEqual([])
  expect(await run(`select hindsight_detach_month('T', '2026-02')`)).toHaveLength(2)
  expect(await ids('T')).toEqual(idsOf(left))
  expect(await store.check.findings(signal)).toEqual([])
})

it('says what is no month, and whose it is not', async () => {
  await expect(run(`select hindsight_detach_month('T', 'March')`)).rejects.toThrow('written as 2019-03')
  await expect(run(`select hindsight_detach_month('Nobody', '2026-02')`)).rejects.toThrow('no tenant Nobody')
  expect(await run(`select hindsight_detach_month('T', '1999-12')`)).toEqual([])
})
