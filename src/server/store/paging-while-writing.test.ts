/** Pages of one moment, while another connection writes between them: what they hold together is what there was. */
import { randomUUID } from 'node:crypto'
import { StatementSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { type EngagementQuery, engagementQuery } from '../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../contract/query/histogram-query.ts'
import { type OracleRow, oracle, queryArbitrary, rowArbitrary } from '../test-support/engagement-oracle.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { Store } from './store.ts'

let stores: TestStores
let reading: Store
let writing: Store
let tenants = 0
const embedded = inject('engine') === 'embedded'

beforeAll(async () => {
  stores = await createTestStores()
  reading = await stores.open()
  writing = await stores.open()
})
afterAll(async () => {
  await writing.close()
  await reading.close()
  await stores.drop()
})

const removal = { atMs: 0, subject: undefined, address: '::1' }
const write = (tenant: string, rows: readonly OracleRow[]) =>
  writing.writer.write(
    tenant,
    rows.map((engagement) => ({ engagement, held: [] })),
  )

const rows = (least: number, most: number) =>
  fc.uniqueArray(rowArbitrary, { minLength: least, maxLength: most, selector: ({ id }) => id })
// Newcomers are of every kind that rows are: they stand before, between and after those that are paged through.
const newcomers = rows(1, 6)
const deed = fc.oneof(
  fc.record({ kind: fc.constant('arrive' as const), newcomers }),
  fc.record({ kind: fc.constant('change' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('replace newest' as const), newcomers }),
)
// Most filters of a random query leave no second page.
const wide = queryArbitrary.map((query) => ({
  ...query,
  user: query.user.length > 1 ? query.user : [],
  startAfter: query.offset % 3 === 0 ? query.startAfter : undefined,
  startBefore: undefined,
  endAfter: undefined,
  endBefore: undefined,
}))
const given = fc.record({
  early: rows(8, 25),
  late: rows(8, 25),
  lookBack: fc.constantFrom('to the early ones', 'to all', 'to now'),
  newestGoes: fc.boolean(),
  deeds: fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
  query: fc.oneof(wide, wide, queryArbitrary),
  sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
  limit: fc.integer({ min: 1, max: 5 }),
})

/** Every page from the first on. `between` runs after each. */
async function pageThrough(
  tenant: string,
  query: EngagementQuery,
  between: (page: number) => Promise<void>,
): Promise<string[]> {
  const seen: string[] = []
  for (let page = 0, more = true; more; page++) {
    const answer = await reading.source.page(tenant, { ...query, offset: page * query.limit })
    for (const document of answer.documents) {
      const { id } = JSON.parse(document)
      seen.push(id)
      // Looked back to or not, an engagement is shown as it is now.
      expect(document).toBe(await reading.source.engagement(tenant, id))
    }
    more = answer.hasMore
    if (more) await between(page)
  }
  return seen
}

it('neither repeats nor skips what had arrived, nor shows what came later, whatever the sort', async () => {
  let pagesWithWrites = 0
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      const tenant = `T${tenants++}`
      // No id comes twice, and where an id sorts is left to chance.
      let named = 0
      const fresh = (batch: readonly OracleRow[]) =>
        batch.map((row) => ({ ...row, id: `${row.id} ${named++}` }))
      const early = fresh(one.early)
      const late = fresh(one.late)
      await write(tenant, early)
      const afterEarly = await reading.source.arrivedBy(tenant, 'now')
      await write(tenant, late)
      const asOf =
        one.lookBack === 'to the early ones' ? afterEarly : await reading.source.arrivedBy(tenant, 'now')
      let there = one.lookBack === 'to the early ones' ? early : [...early, ...late]
      // Its key is the greatest of those looked back to: the next one to arrive must not get it.
      if (one.newestGoes) {
        const newest = [...early, ...late].at(-1)?.id ?? ''
        await writing.writer.remove(tenant, newest, removal)
        there = there.filter(({ id }) => id !== newest)
      }
      let latest: string | undefined
      const arrive = async (batch: readonly OracleRow[]) => {
        const arriving = fresh(batch)
        await write(tenant, arriving)
        latest = arriving.at(-1)?.id
      }
      await arrive(one.early.slice(0, 1))

      const between = async (page: number) => {
        pagesWithWrites++
        for (const deed of one.deeds[page % one.deeds.length] ?? []) {
          if (deed.kind === 'arrive') await arrive(deed.newcomers)
          else if (deed.kind === 'change') {
            const row = there[deed.which % there.length]
            if (row) await write(tenant, [{ ...row, reason: `changed after page ${page}` }])
          } else {
            await writing.writer.remove(tenant, latest ?? '', removal)
            await arrive(deed.newcomers)
          }
        }
      }
      const query = { ...one.query, sort: one.sort, limit: one.limit, asOf, offset: 0 }
      const expected = oracle(there, { ...query, limit: 1000 })
      expect(await pageThrough(tenant, query, between)).toEqual(expected.ids)
      expect(await reading.source.count(tenant, query)).toBe(expected.count)
    }),
    { numRuns: embedded ? 400 : 25 },
  )
  expect(pagesWithWrites).toBeGreaterThan(embedded ? 500 : 0)
}, 60_000)

it('skips at most as many rows as were deleted in between, and repeats none', async () => {
  await fc.assert(
    fc.asyncProperty(rows(10, 40), fc.array(fc.nat(), { maxLength: 4 }), given, async (there, gone, one) => {
      const tenant = `T${tenants++}`
      await write(tenant, there)
      const asOf = await reading.source.arrivedBy(tenant, 'now')
      const query = {
        ...one.query,
        status: 'all',
        user: [],
        sort: one.sort,
        limit: 3,
        asOf,
        offset: 0,
      } as const
      const matching = oracle(there, { ...query, limit: 1000 }).ids
      const left = new Set(matching)
      const seen = await pageThrough(tenant, { ...query, user: [] }, async (page) => {
        const id = there[(gone[page] ?? -1) % there.length]?.id
        if (id === undefined) return
        await writing.writer.remove(tenant, id, removal)
        left.delete(id)
      })
      const places = seen.map((id) => matching.indexOf(id))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(new Set(places).size).toBe(places.length)
      const skipped = [...left].filter((id) => !seen.includes(id))
      expect(skipped.length).toBeLessThanOrEqual(matching.length - left.size)
    }),
    { numRuns: embedded ? 150 : 10 },
  )
}, 60_000)

it('gives a reader that stalls nothing of another tenant in place of what was deleted', async () => {
  const [tenant, other] = [`T${tenants++}`, `T${tenants++}`]
  // Each is a batch of its own.
  const context = 'x'.repeat(1024 * 1024)
  const call = (id: string, minute: number) => ({
    engagement: {
      ...{ id, status: 'successful', associateInitiated: false, context },
      startDate: new Date(minute * 60_000).toISOString(),
    },
    held: [],
  })
  await writing.writer.write(tenant, [call('first', 1), call('newest', 2)])
  const selection = { ...engagementQuery.defaults, status: 'all', sort: 'oldest' } as const
  const ids: string[] = []
  for await (const documents of reading.source.batches(tenant, selection)) {
    for (const document of documents) ids.push(JSON.parse(document).id)
    if (ids.length !== 1) continue
    // Its key is free again, for whoever comes next.
    await writing.writer.remove(tenant, 'newest', removal)
    await writing.writer.write(other, [call('of another tenant', 2)])
  }
  // What was read before it was deleted may come.
  expect(ids.filter((id) => id !== 'newest')).toEqual(['first'])
})

it.runIf(embedded)('reads of users what is theirs at one moment, whoever gets their keys', async () => {
  const [tenant, other] = [`T${tenants++}`, `T${tenants++}`]
  const call = (id: string, email: string) => ({
    engagement: {
      ...{ id, status: 'successful', associateInitiated: false, startDate: '2026-11-01T08:00:00Z' },
      users: [{ uri: email, association: 'CREATOR' as const }],
    },
    held: [],
  })
  const filter = { ...engagementQuery.defaults, status: 'all', user: ['zoe@x.example'] } as const
  const histogram = { ...histogramQuery.defaults, status: 'all', user: ['zoe@x.example'] } as const
  const { source } = reading
  const asked: readonly (() => unknown)[] = [
    async () => (await source.page(tenant, filter)).documents.map((document) => JSON.parse(document).id),
    async () => (await source.sample(tenant, { ...filter, seed: 0 })).map((doc) => JSON.parse(doc).id),
    async () => Array(await source.count(tenant, filter)).fill('hers'),
    async () => (await source.histogram(tenant, histogram)).successful.flatMap((n) => Array(n).fill('hers')),
  ]
  for (const ask of asked) {
    await writing.writer.write(tenant, [call('hers', 'zoe@x.example')])
    // By another process, right after her key was looked up.
    const { all } = StatementSync.prototype
    const spied = vi.spyOn(StatementSync.prototype, 'all').mockImplementation(function (
      this: StatementSync,
      ...given
    ) {
      const rows = all.apply(this, given)
      if (!/from "person" where .* "email" = /.test(this.sourceSQL)) return rows
      spied.mockRestore()
      writing.writer.remove(tenant, 'hers', removal)
      writing.writer.write(other, [
        call('another', `${randomUUID()}@x.example`),
        call('third', 'max@x.example'),
      ])
      return rows
    })
    try {
      expect(await ask()).toEqual(['hers'])
    } finally {
      spied.mockRestore()
    }
  }
})
