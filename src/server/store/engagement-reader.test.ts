/** Pages and counts from the real database against an oracle in plain code over the same rows. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { type EpochMs, earliestInstant } from '../../contract/query/instant.ts'
import { writeEngagement } from '../../contract/representation/json.ts'
import {
  emails,
  type OracleRow,
  oracle,
  queryArbitrary,
  rowArbitrary,
} from '../test-support/engagement-oracle.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { Store } from './store.ts'

const tenant = 'Oracle'

describe('pages and counts', () => {
  let stores: TestStores
  let store: Store
  const rows =
    fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 300, maxLength: 300, selector: ({ id }) => id }), {
      numRuns: 1,
      seed: 7,
    })[0] ?? []

  const rowsABatch = 60
  /** When each batch of the rows arrived. */
  const arrivals: EpochMs[] = []
  const arrivedBy = (asOf: EngagementQuery['asOf']) =>
    typeof asOf === 'number'
      ? rows.slice(0, arrivals.filter((atMs) => atMs <= asOf).length * rowsABatch)
      : rows
  const asOfArbitrary: fc.Arbitrary<EngagementQuery['asOf']> = fc.oneof(
    fc.constantFrom(undefined, 'now' as const, 0, 9e15),
    fc.tuple(fc.nat({ max: 4 }), fc.constantFrom(-1, 0, 1)).map(([n, beside]) => (arrivals[n] ?? 0) + beside),
  )

  beforeAll(async () => {
    stores = await createTestStores()
    store = await stores.open()
    for (let at = 0; at < rows.length; at += rowsABatch) {
      const batch = rows.slice(at, at + rowsABatch)
      await store.writer.write(
        tenant,
        batch.map((engagement) => ({ engagement, held: [] })),
      )
      arrivals.push(await store.source.arrivedBy(tenant, 'now'))
    }
    // Another tenant's rows with the same ids and people: none of them may ever show.
    const others = rows.map((row) => ({ engagement: { ...row, reason: 'other tenant' }, held: [] }))
    await store.writer.write('Other', others)
  })
  afterAll(async () => {
    await store.close()
    await stores.drop()
  })

  it('equal the oracle for any query', async () => {
    await fc.assert(
      fc.asyncProperty(queryArbitrary, asOfArbitrary, async (plain, asOf) => {
        const query = { ...plain, asOf }
        const page = await store.source.page(tenant, query)
        const found = page.documents.map((document): OracleRow => JSON.parse(document))
        const { limit: _limit, offset: _offset, sort: _sort, ...filter } = query
        const count = await store.source.count(tenant, filter)
        expect({ count, hasMore: page.hasMore, ids: found.map(({ id }) => id) }).toEqual(
          oracle(arrivedBy(asOf), query),
        )
        expect(found.every(({ reason }) => reason === undefined)).toBe(true)
      }),
      { numRuns: inject('engine') === 'embedded' ? 10_000 : 400 },
    )
  }, 60_000)

  it('give every document as it was written', async () => {
    for (const row of rows) expect(await store.source.engagement(tenant, row.id)).toBe(writeEngagement(row))
  })

  it('put together are every matching row once', async () => {
    const all: string[] = []
    for (let offset = 0, more = true; more; offset += 7) {
      const query: EngagementQuery = {
        status: 'all',
        user: ['a@x.example', 'b@x.example'],
        startAfter: undefined,
        startBefore: undefined,
        endAfter: undefined,
        endBefore: undefined,
        asOf: undefined,
        limit: 7,
        offset,
        sort: 'shortest',
      }
      const page = await store.source.page(tenant, query)
      all.push(...page.documents)
      more = page.hasMore
    }
    const expected = rows.filter(({ users }) => (users ?? []).some(({ uri = '' }) => /^[ab]@/i.test(uri)))
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe(expected.length)
  })

  it('of a moment before anything had arrived are empty', async () => {
    expect(await store.source.arrivedBy(tenant, 0)).toBe(earliestInstant)
    expect(await store.source.arrivedBy('Nobody', 'now')).toBe(earliestInstant)
  })

  it('know the exact moment that any one stands for', async () => {
    expect(new Set(arrivals).size).toBe(5)
    const [first = 0, second = 0] = arrivals
    expect(await store.source.arrivedBy(tenant, first)).toBe(first)
    expect(await store.source.arrivedBy(tenant, second - 1)).toBe(first)
    expect(await store.source.arrivedBy(tenant, 9e15)).toBe(arrivals.at(-1))
  })

  it('suggest people by the first characters, whatever their case', async () => {
    expect(await store.source.users(tenant, { startsWith: 'A@', limit: 8 })).toEqual(['a@x.example'])
    expect(await store.source.users(tenant, { startsWith: undefined, limit: 2 })).toEqual(emails.slice(0, 2))
    expect(await store.source.users('Nobody', { startsWith: undefined, limit: 2 })).toEqual([])
  })
})
