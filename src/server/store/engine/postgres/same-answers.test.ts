/** The two engines over the same rows: whatever is asked of the API, status, headers and bytes are the same. */

import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { countQuery, engagementQuery, sampleQuery } from '../../../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../../../contract/query/histogram-query.ts'
import { formatInstant } from '../../../../contract/query/instant.ts'
import { createApp } from '../../../app.ts'
import { createAccessTokens } from '../../../auth/access-tokens.ts'
import { createSessions } from '../../../auth/sessions.ts'
import { createStoreAccess } from '../../../auth/store-access.ts'
import { createSignInAttempts } from '../../../http/sign-in-attempts.ts'
import { openMediaFolder } from '../../../media/media-folder.ts'
import { type OracleRow, queryArbitrary, rowArbitrary } from '../../../test-support/engagement-oracle.ts'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import { keptAlone } from '../../../workers/kept-together.ts'
import type { Store } from '../../store.ts'

const secret = 'a secret for tests, longer than 32 characters'
/** The first of them are the same, however many. */
const queries = inject('answers')
const atOnce = 24

interface Side {
  readonly stores: TestStores
  readonly store: Store
  readonly app: FastifyInstance
  readonly authorization: string
}
let sides: readonly [Side, Side]

/** Ids, words and people that engines may sort and keep each in their own way. */
const odd: OracleRow[] = [
  '',
  ' ',
  '\u0000',
  '\u0001',
  '\u0001\u0001',
  '\ud800',
  '\u{10ffff}',
  'Z',
  'a',
  'ä',
  "'",
  '\\',
  '"',
  '{}',
  'é',
  'e\u0301',
].map((id, n) => ({
  id: `odd ${id}`,
  startDate: formatInstant(Date.UTC(2026, 0, 1 + (n % 3))),
  duration: n / 3,
  status: 'successful',
  users: [{ uri: `A@x.example` }, { uri: `${id}@y.example` }],
  reason: `${id}\u0000\u0001`,
  associateInitiated: n % 2 === 0,
}))
const rows = [
  ...odd,
  ...(fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 250, maxLength: 250, selector: ({ id }) => id }), {
    numRuns: 1,
    seed: 5,
  })[0] ?? []),
]
const arrivals: number[] = []

async function openSide(engine: 'embedded' | 'PostgreSQL'): Promise<Side> {
  const stores = await createTestStores(engine)
  const store = await stores.open()
  const tokens = createAccessTokens(secret, store.ended)
  const app = await createApp({
    source: store.source,
    engagements: 'here',
    lacks: async () => [],
    sourceOf: () => store.source,
    access: createStoreAccess(store.accounts),
    // Both sides have the same deeds, and no clock of their own.
    audit: { record() {}, page: store.audit.page },
    views: store.views,
    remover: store.writer,
    leftFiles: { run: async () => {} },
    media: openMediaFolder(stores.folder),
    tokens,
    sessions: createSessions(secret, tokens),
    attempts: createSignInAttempts({ failures: store.signInFailures, failed() {} }),
    trustedProxies: [],
    logger: pino({ level: 'silent' }),
    publicUrl: undefined,
    pageDir: undefined,
    ping: () => store.ping(),
    together: keptAlone(),
  })
  const token = await tokens.issue({ tenant: 'T', subject: 'someone@x.example', role: 'supervisor' })
  return { stores, store, app, authorization: `Bearer ${token}` }
}

/** By one clock on both sides: moments of arrival, and with them versions, are told. */
async function fill(store: Store): Promise<void> {
  const write = (tenant: string, batch: readonly OracleRow[]) =>
    store.writer.write(
      tenant,
      batch.map((engagement) => ({ engagement, held: [] })),
    )
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 1, 1) })
  for (let at = 0; at < rows.length; at += 70) {
    vi.setSystemTime(Date.now() + 1000)
    await write('T', rows.slice(at, at + 70))
    arrivals.push(Date.now())
  }
  await write('T', [
    ...rows.slice(40, 60).map((row) => ({ ...row, duration: 9, users: [] })),
    ...rows.slice(30, 35),
  ])
  const removal = { atMs: Date.now(), subject: 'a@x.example', address: '::1' }
  for (const { id } of rows.slice(60, 66)) await store.writer.remove('T', id, removal)
  await write('Other', rows)
  vi.useRealTimers()
}

beforeAll(async () => {
  sides = [await openSide('embedded'), await openSide('PostgreSQL')]
  for (const { store } of sides) await fill(store)
})
afterAll(async () => {
  for (const { app, store, stores } of sides) {
    await app.close()
    await store.close()
    await stores.drop()
  }
})

async function ask({ app, authorization }: Side, url: string, accept: string) {
  const { statusCode, headers, rawPayload } = await app.inject({ url, headers: { authorization, accept } })
  const { date: _, etag, ...others } = headers
  // A version is by the clock of the database where something was deleted.
  const told = { ...others, etag: String(etag).replace(/^W\/"\w+-/, '') }
  return { status: statusCode, told, body: rawPayload.toString('latin1') }
}

async function expectSame(url: string, accept = 'application/json'): Promise<number> {
  const [embedded, postgres] = await Promise.all(sides.map((side) => ask(side, url, accept)))
  expect({ url, ...postgres }).toEqual({ url, ...embedded })
  return embedded?.status ?? 0
}

const asOf = fc.oneof(
  fc.constantFrom(undefined, undefined, undefined, 'now' as const, 0),
  fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(-1, 0, 1)).map(([n, beside]) => ({ n, beside })),
)
const question = fc
  .record({
    plain: queryArbitrary,
    asOf,
    kind: fc.constantFrom(
      'list',
      'list',
      'list',
      'list',
      'list',
      'xml',
      'xml',
      'count',
      'histogram',
      'sample',
    ),
    seed: fc.nat({ max: 1000 }),
    tz: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'),
    buckets: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ plain, asOf: moment, kind, seed, tz, buckets }) => {
    const query = {
      ...plain,
      asOf: typeof moment === 'object' ? (arrivals[moment.n] ?? 0) + moment.beside : moment,
    }
    const { limit, offset: _offset, sort, ...filter } = query
    const search = (pairs: readonly (readonly [string, string])[]) =>
      new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
    if (kind === 'count') return { url: `/v1/engagements/count/T?${search(countQuery.write(filter))}` }
    if (kind === 'histogram')
      return {
        url: `/v1/engagements/histogram/T?${search(histogramQuery.write({ ...filter, tz, buckets }))}`,
      }
    if (kind === 'sample')
      return {
        url: `/v1/engagements/sample/T?${search(sampleQuery.write({ ...filter, sort, limit, seed }))}`,
      }
    const url = `/v1/engagements/T?${search(engagementQuery.write(query))}`
    return kind === 'xml' ? { url, accept: 'application/xml' } : { url }
  })

it('answer any query alike', async () => {
  const statuses = new Map<number, number>()
  const asked = fc.sample(question, { numRuns: queries, seed: 3 }).values()
  const worker = async () => {
    for (const { url, accept } of asked) {
      const status = await expectSame(url, accept)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  // Few are of ranges that no histogram is given for.
  expect(statuses.get(200)).toBeGreaterThan(0.95 * queries)
}, 240_000)

it('answer alike for each engagement, for people, and for whole exports', async () => {
  for (const { id } of rows.slice(0, 40))
    await expectSame(`/v1/engagements/T/${encodeURIComponent(id.toWellFormed())}`)
  for (const startsWith of ['', 'a', '%00', '%01', '%EF%BF%BD', '%C3%A9', "'", '%22'])
    await expectSame(`/v1/users/T?startsWith=${startsWith}&limit=100`)
  for (const format of ['ndjson', 'csv'])
    for (const sort of ['newest', 'oldest', 'longest', 'shortest'])
      await expectSame(`/v1/engagements/export/T?format=${format}&about=no&status=all&sort=${sort}`)
})
