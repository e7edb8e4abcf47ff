/** Pages and counts from the real database against an oracle in plain code over the same rows. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { type EngagementQuery, engagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { writeEngagement } from '../../contract/representation/json.ts'
import { openStore, type Store } from './open-store.ts'

type Row = EngagementV1 & { id: string }

const tenant = 'Oracle'
const emails = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']
const day = 86_400_000
const base = Date.UTC(2026, 0, 1)

// Few distinct starts and durations, so that ties are the rule and the id has to break them.
const moment = fc.integer({ min: 0, max: 12 }).map((n) => base + n * (day / 4))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 6 })

const rowArbitrary: fc.Arbitrary<Row> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
    start: maybe(moment),
    lasts: maybe(fc.integer({ min: 0, max: 5 })),
    open: fc.boolean(),
    status: fc.constantFrom('successful', 'successful', 'unsuccessful', 'parked', undefined),
    users: fc.uniqueArray(fc.constantFrom(...emails, 'A@X.example'), { maxLength: 3 }),
  })
  .map(({ id, start, lasts, open, status, users }) => ({
    ...(start !== undefined && { startDate: formatInstant(start) }),
    ...(start !== undefined && !open && { endDate: formatInstant(start + (lasts ?? 0) * (day / 8)) }),
    id,
    ...(lasts !== undefined && { duration: lasts }),
    users: users.map((uri) => ({ uri, association: 'MEMBER' })),
    ...(status !== undefined && { status }),
    associateInitiated: false,
  }))

// A day's first and last moments, and the ones beside them, are where whole days end.
const bound = fc.tuple(moment, fc.constantFrom(-1, 0, 0, 1)).map(([at, beside]) => at + beside)

const queryArbitrary: fc.Arbitrary<EngagementQuery> = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(fc.constantFrom(...emails, 'nobody@x.example'), { maxLength: 3 }),
    starts: fc.tuple(maybe(bound), maybe(bound)),
    ends: fc.tuple(maybe(bound), maybe(bound)),
    limit: fc.integer({ min: 1, max: 12 }),
    offset: fc.integer({ min: 0, max: 40 }),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
  })
  .map(({ starts, ends, ...rest }) => {
    const [startAfter, startBefore] = ordered(starts)
    const [endAfter, endBefore] = ordered(ends)
    return { ...rest, startAfter, startBefore, endAfter, endBefore }
  })

function ordered([a, b]: [number | undefined, number | undefined]): [number | undefined, number | undefined] {
  return a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]
}

/** The contract's section 1, read literally. */
function oracle(
  rows: readonly Row[],
  query: EngagementQuery,
): { count: number; hasMore: boolean; ids: string[] } {
  const at = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  const within = (value: number | undefined, from: number | undefined, to: number | undefined) =>
    (from === undefined && to === undefined) ||
    (value !== undefined && (from === undefined || value >= from) && (to === undefined || value <= to))
  const key = (row: Row) =>
    query.sort === 'newest' || query.sort === 'oldest' ? at(row.startDate) : row.duration
  const sign = query.sort === 'newest' || query.sort === 'longest' ? -1 : 1
  const byId = (a: Row, b: Row) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
  const matching = rows
    .filter((row) => query.status === 'all' || row.status === query.status)
    .filter(
      (row) =>
        query.user.length === 0 ||
        (row.users ?? []).some(({ uri }) => query.user.includes((uri ?? '').toLowerCase())),
    )
    .filter((row) => within(at(row.startDate), query.startAfter, query.startBefore))
    .filter((row) => within(at(row.endDate), query.endAfter, query.endBefore))
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)]
      if (left === undefined || right === undefined) {
        return left === right ? sign * byId(a, b) : left === undefined ? 1 : -1
      }
      return left === right ? sign * byId(a, b) : sign * (left - right)
    })
  const page = matching.slice(query.offset, query.offset + query.limit)
  const hasMore = matching.length > query.offset + query.limit
  return { count: matching.length, hasMore, ids: page.map(({ id }) => id) }
}

describe('pages and counts', () => {
  let folder: string
  let store: Store
  const rows =
    fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 300, maxLength: 300, selector: ({ id }) => id }), {
      numRuns: 1,
      seed: 7,
    })[0] ?? []

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
    store = await openStore({ dataDir: folder })
    await store.writer.write(
      tenant,
      rows.map((engagement) => ({ engagement, held: [] })),
    )
    // Another tenant's rows with the same ids and people: none of them may ever show.
    const others = rows.map((row) => ({ engagement: { ...row, reason: 'other tenant' }, held: [] }))
    await store.writer.write('Other', others)
  })
  afterAll(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  it('equal the oracle for any query', async () => {
    await fc.assert(
      fc.asyncProperty(queryArbitrary, async (query) => {
        const page = await store.source.page(tenant, query)
        const found = page.documents.map((document): Row => JSON.parse(document))
        const { limit: _limit, offset: _offset, sort: _sort, ...filter } = query
        const count = await store.source.count(tenant, filter)
        expect({ count, hasMore: page.hasMore, ids: found.map(({ id }) => id) }).toEqual(oracle(rows, query))
        expect(found.every(({ reason }) => reason === undefined)).toBe(true)
      }),
      { numRuns: 10_000 },
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

  // Rows come in at the end that moves: after the newest. Paging from the other end, or below a bound, is not moved by them.
  it.each([
    ['oldest', {}],
    ['newest', { startBefore: base + 4 * day }],
    ['shortest', { startBefore: base + 4 * day }],
    ['longest', { startBefore: base + 4 * day, user: emails }],
  ] as const)('neither repeat nor skip a row while others are inserted, by %s %j', async (sort, bounds) => {
    const existing = rows.filter(({ startDate }) => startDate !== undefined)
    const live = await openStore({ dataDir: folder })
    const tenantOfTest = `Live ${sort}`
    await live.writer.write(
      tenantOfTest,
      existing.map((engagement) => ({ engagement, held: [] })),
    )
    const query = { ...engagementQuery.defaults, status: 'all', sort, limit: 7, ...bounds } as const
    const expected = oracle(existing, { ...query, user: [...query.user], limit: 1000 }).ids
    const seen: string[] = []
    for (let offset = 0, more = true; more && offset < 1000; offset += 7) {
      const incoming = Array.from({ length: 3 }, (_, n) => ({
        engagement: {
          id: `late ${offset} ${n}`,
          status: 'successful',
          startDate: formatInstant(base + 9 * day + offset * 1000 + n),
          duration: n,
          users: [{ uri: emails[n] }],
          associateInitiated: false,
        },
        held: [],
      }))
      await live.writer.write(tenantOfTest, incoming)
      const page = await store.source.page(tenantOfTest, { ...query, user: [...query.user], offset })
      seen.push(...page.documents.map((document) => JSON.parse(document).id))
      more = page.hasMore && seen.length < expected.length
    }
    await live.close()
    expect(expected.length).toBeGreaterThan(50)
    expect(seen.slice(0, expected.length)).toEqual(expected)
    expect(seen.slice(expected.length).every((id) => id.startsWith('late '))).toBe(true)
  })

  it('suggest people by the first characters, whatever their case', async () => {
    expect(await store.source.users(tenant, { startsWith: 'A@', limit: 8 })).toEqual(['a@x.example'])
    expect(await store.source.users(tenant, { startsWith: undefined, limit: 2 })).toEqual(emails.slice(0, 2))
    expect(await store.source.users('Nobody', { startsWith: undefined, limit: 2 })).toEqual([])
  })
})
