/** Ids and emails of any length: the engines answer alike, also where a thousand characters are the same. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { IncomingEngagement } from '../../engagement-writer.ts'
import type { Store } from '../../store.ts'
import { foundAs, isLong, sortedAs } from './long-texts.ts'

const removal = { atMs: 0, subject: undefined, address: '::1' }
const signal = new AbortController().signal
let stores: readonly TestStores[]
let embedded: Store
let postgres: Store

/** Of so many bytes, such that no server makes less of them. */
function noise(bytes: number): string {
  let text = ''
  while (text.length < bytes) text += createHash('sha256').update(text).digest('base64url')
  return text.slice(0, bytes)
}
const common = noise(2600)
const ends = ['', 'a', 'ab', 'é', 'z', '\u0000', '\ud83d\ude00', noise(9000)]
const long = [
  ...ends.map((end) => `${common}${end}`),
  // Cut in the middle of what follows, and not.
  ...['', 'a', 'é', '\ud83d\ude00', 'aé', '\ud83d\ude00\ud83d\ude00'].map((end) => `${noise(2498)}${end}`),
  '\u0000'.repeat(2000),
  '\u0000'.repeat(2001),
]
const calls: readonly IncomingEngagement[] = ['short', 'other', ...long].map((id, n) => ({
  engagement: {
    id,
    // As many as may be sort by their ids alone.
    ...(n % 4 !== 3 && { startDate: n % 4 === 2 ? '2026-02-01T00:00:00Z' : '2026-01-01T00:00:00Z' }),
    status: n % 3 === 0 ? 'unsuccessful' : 'successful',
    users: [
      { uri: `${id}@x.example` },
      { uri: 'all@x.example' },
      ...(n % 2 ? [{ uri: 'odd@x.example' }] : []),
    ],
    associateInitiated: false,
  },
  held: [{ id: `rec-${n}`, mediaType: 'audio/webm', size: 1, sha256: 'ab' }],
}))

beforeAll(async () => {
  stores = [await createTestStores('embedded'), await createTestStores('PostgreSQL')]
  const [one, two] = await Promise.all(stores.map((each) => each.open()))
  embedded = one as Store
  postgres = two as Store
})
afterAll(async () => {
  for (const store of [embedded, postgres]) await store?.close()
  for (const each of stores) await each.drop()
})

async function same<T>(ask: (store: Store) => Promise<T> | T): Promise<T> {
  const [one, two] = [await ask(embedded), await ask(postgres)]
  expect(two).toEqual(one)
  return two
}
async function all(batches: Iterable<readonly string[]> | AsyncIterable<readonly string[]>) {
  const documents: string[] = []
  for await (const batch of batches) documents.push(...batch)
  return documents
}

it('sorts what is cut as the whole text, but beside others that begin alike', () => {
  const bytes = (text: string) => Buffer.from(text)
  for (const one of long)
    for (const other of long) {
      const [a, b] = [sortedAs(one), sortedAs(other)]
      if (a !== b && !one.includes('\u0000'))
        expect(bytes(a).compare(bytes(b))).toBe(bytes(one).compare(bytes(other)))
      expect(foundAs(one) === foundAs(other)).toBe(one === other)
      expect(isLong(a)).toBe(isLong(one))
    }
})

it('are written, changed nothing by, and answered in the same order', async () => {
  await same((store) => store.writer.write('T', calls))
  expect(await same((store) => store.writer.write('T', calls))).toMatchObject({ unchanged: calls.length })
  for (const sort of ['newest', 'oldest', 'longest', 'shortest'] as const)
    for (const user of [[], ['odd@x.example'], ['all@x.example', 'odd@x.example', 'nobody@x.example']]) {
      const query = { ...engagementQuery.defaults, status: 'all', sort, user } as const
      for (let offset = 0; offset < calls.length; offset += 3)
        await same((store) => store.source.page('T', { ...query, limit: 3, offset }))
      const documents = await same((store) => all(store.source.batches('T', query)))
      expect(documents).toHaveLength(user.length === 1 ? calls.length / 2 : calls.length)
      await same((store) => store.source.sample('T', { ...query, limit: 20, seed: 3 }))
    }
})

it('are found: by id, by person, and among suggestions', async () => {
  for (const id of long) {
    expect(await same((store) => store.source.engagement('T', id))).toBeDefined()
    await same((store) =>
      store.source.count('T', { ...engagementQuery.defaults, status: 'all', user: [`${id}@x.example`] }),
    )
    for (const startsWith of [id, id.slice(0, 2400)])
      expect(
        (await same((store) => store.source.users('T', { startsWith, limit: 50 }))).length,
      ).toBeGreaterThan(0)
  }
  await same((store) => store.source.users('T', { startsWith: '', limit: 50 }))
  expect(await postgres.check.findings(signal)).toEqual([])
  const superuser = await stores[1]?.database?.superuser()
  await superuser?.query('delete from engagement_key; delete from participant')
  await superuser?.end()
  const broken = await postgres.check.findings(signal)
  expect(broken).toHaveLength(3)
  expect(await postgres.check.repair(broken, signal)).toHaveLength(2)
  expect(await postgres.check.findings(signal)).toEqual([])
  for await (const recording of postgres.check.recordings()) expect(recording.placed).toBe(true)
})

it('are changed and removed, and nothing of them stays', async () => {
  const changed = calls.map((one) => ({
    ...one,
    engagement: { ...one.engagement, users: [{ uri: noise(5000) }] },
  }))
  expect(await same((store) => store.writer.write('T', changed))).toMatchObject({ changed: calls.length })
  for (const id of long) expect(await same((store) => store.writer.remove('T', id, removal))).toBe(true)
  const page = await same((store) => store.source.page('T', { ...engagementQuery.defaults, status: 'all' }))
  expect(page.documents).toHaveLength(2)
  expect(await postgres.check.findings(signal)).toEqual([])
  const superuser = await stores[1]?.database?.superuser()
  const left = await superuser?.query('select key from long_id union all select person from long_email')
  await superuser?.end()
  // Of whom the two that stay have as a user.
  expect(left?.rows).toHaveLength(1)
})
