/** Samples from the real database: of what matches, none twice, the same for the same seed, and fair. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { mostSeed, type SampleQuery, sampleQuery } from '../../contract/query/engagement-query.ts'
import { type OracleRow, oracle, queryArbitrary, rowArbitrary } from '../test-support/engagement-oracle.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import type { Store } from './store.ts'

let stores: TestStores
let store: Store

beforeAll(async () => {
  stores = await createTestStores()
  store = await stores.open()
})
afterAll(async () => {
  await store.close()
  await stores.drop()
})

const write = (tenant: string, rows: readonly OracleRow[]) =>
  store.writer.write(
    tenant,
    rows.map((engagement) => ({ engagement, held: [] })),
  )
const draw = async (tenant: string, query: Partial<SampleQuery>) =>
  (await store.source.sample(tenant, { ...sampleQuery.defaults, ...query })).map(
    (document): string => JSON.parse(document).id,
  )

describe('a sample', () => {
  const rows =
    fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 150, maxLength: 150, selector: ({ id }) => id }), {
      numRuns: 1,
      seed: 11,
    })[0] ?? []
  const early = rows.slice(0, 90)
  let moment = 0

  beforeAll(async () => {
    await write('Other', rows)
    await write('Drawn', early)
    moment = await store.source.arrivedBy('Drawn', 'now')
    await write('Drawn', rows.slice(90))
  })

  const seeds = fc.integer({ min: 0, max: mostSeed })

  it('is of the matching rows, none twice, as many as there are, in the order asked for', async () => {
    await fc.assert(
      fc.asyncProperty(queryArbitrary, seeds, fc.boolean(), async (query, seed, back) => {
        const { offset: _offset, ...rest } = query
        const drawn = await draw('Drawn', { ...rest, seed, asOf: back ? moment : undefined })
        const matching = oracle(back ? early : rows, { ...query, offset: 0, limit: rows.length }).ids
        expect(drawn).toHaveLength(Math.min(query.limit, matching.length))
        // A subset in the oracle's own order, so no row can be twice in it.
        expect(matching.filter((id) => drawn.includes(id))).toEqual(drawn)
        expect(await draw('Drawn', { ...rest, seed, asOf: back ? moment : undefined })).toEqual(drawn)
      }),
      { numRuns: inject('engine') === 'embedded' ? 2000 : 300 },
    )
  }, 60_000)

  it('of a moment stays as it was, whatever arrives', async () => {
    const asked = { status: 'all', seed: 7, limit: 20 } as const
    await write('Growing', early)
    const asOf = await store.source.arrivedBy('Growing', 'now')
    const before = await draw('Growing', { ...asked, asOf })
    const unbound = await draw('Growing', asked)
    await write('Growing', rows.slice(90))
    expect(await draw('Growing', { ...asked, asOf })).toEqual(before)
    expect(await draw('Growing', asked)).not.toEqual(unbound)
  })
})

describe.runIf(inject('engine') === 'embedded')('over many seeds', () => {
  const [people, size, draws] = [40, 5, 8000]
  const times = new Map<string, number>()

  beforeAll(async () => {
    const rows = Array.from({ length: people }, (_, n) => ({
      id: `call ${n}`,
      startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
      status: 'successful',
      users: [{ uri: `u${n % 2}@x.example` }, { uri: 'all@x.example' }],
      associateInitiated: false,
    }))
    await write('Fair', rows)
    for (let seed = 0; seed < draws; seed++) {
      const ids = await draw('Fair', { seed, limit: size, sort: 'oldest' })
      for (const [at, id] of ids.entries()) {
        times.set(id, (times.get(id) ?? 0) + 1)
        for (const other of ids.slice(at + 1))
          times.set(`${id}, ${other}`, (times.get(`${id}, ${other}`) ?? 0) + 1)
      }
    }
  })

  /** Pearson's statistic of what was counted against the same number for each. */
  const chiSquare = (counted: readonly number[], expected: number) =>
    counted.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)

  // Seeds are fixed, so these either hold or do not. The bounds are five standard deviations above the mean.
  it('every engagement is drawn as often as any other', () => {
    const counted = Array.from({ length: people }, (_, n) => times.get(`call ${n}`) ?? 0)
    const freedom = people - 1
    expect(counted.reduce((sum, n) => sum + n)).toBe(draws * size)
    expect(chiSquare(counted, (draws * size) / people)).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom))
  })

  it('and every two are drawn together as often as any other two', () => {
    const pairs = Array.from({ length: people }, (_, a) =>
      Array.from({ length: people - a - 1 }, (_, b) => times.get(`call ${a}, call ${a + b + 1}`) ?? 0),
    ).flat()
    const freedom = pairs.length - 1
    const expected = (draws * ((size * (size - 1)) / 2)) / pairs.length
    expect(chiSquare(pairs, expected)).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom))
  })

  it('so are those of one user among many', async () => {
    const drawn = new Set<string>()
    for (let seed = 0; seed < 200; seed++)
      for (const id of await draw('Fair', {
        seed,
        limit: 3,
        user: ['u1@x.example', 'all@x.example', 'nobody@x.example'],
      }))
        drawn.add(id)
    expect(drawn.size).toBe(people)
  })
})
