import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { SourceFailure } from '../source/source-failure.ts'
import { type OracleRow, oracle } from '../test-support/engagement-oracle.ts'
import { type StartSpan, type Window, type WindowPage, walkStarts } from './walk-starts.ts'

const base = Date.UTC(2026, 0, 1)
const everything: StartSpan = { fromMs: undefined, toMs: undefined }

/** Few distinct seconds, and milliseconds in them, so that seconds with more than a page are the rule. */
const starts = fc.array(
  fc
    .integer({ min: 0, max: 9 })
    .chain((second) => fc.constantFrom(0, 1, 999).map((ms) => base + second * 1000 + ms)),
  { maxLength: 60 },
)
const row = (id: string, startMs: number): OracleRow => ({
  startDate: formatInstant(startMs),
  id,
  status: 'successful',
  associateInitiated: false,
})

/** An upstream whose rows may grow between two pages. */
function upstreamOf(rows: OracleRow[], limit: number, beforeEach: (asked: number) => void = () => {}) {
  const windows: Window[] = []
  const ask = async (window: Window): Promise<WindowPage> => {
    beforeEach(windows.length)
    windows.push(window)
    const { fromMs: startAfter, toMs: startBefore, offset } = window
    const { hasMore, ids } = oracle(rows, {
      ...engagementQuery.defaults,
      sort: 'oldest',
      startAfter,
      startBefore,
      offset,
      limit,
    })
    return { hasMore, engagements: ids.flatMap((id) => rows.filter((one) => one.id === id)), unread: [] }
  }
  return { windows, ask }
}

async function idsOf(span: StartSpan, ask: (window: Window) => Promise<WindowPage>): Promise<string[]> {
  const ids: string[] = []
  for await (const { fresh } of walkStarts(span, ask)) ids.push(...fresh.map(({ id = '' }) => id))
  return ids
}

it('gives every row of a random history once, while others arrive, by small offsets', () =>
  fc.assert(
    fc.asyncProperty(
      starts,
      starts,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (before, arriving, limit, each) => {
        const rows = before.map((startMs, n) => row(`row ${n}`, startMs))
        const there = rows.map(({ id }) => id)
        // Ids that come before and after those that are there, in the order of ties.
        const late = arriving.map((startMs, n) => row(`${n % 2 === 0 ? 'a' : 'z'} ${n}`, startMs))
        const { windows, ask } = upstreamOf(rows, limit, () => rows.push(...late.splice(0, each)))
        const ids = await idsOf(everything, ask)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toEqual(expect.arrayContaining(there))
        const seconds = Map.groupBy(rows, ({ startDate = '' }) => Math.floor(Date.parse(startDate) / 1000))
        const fullest = Math.max(0, ...[...seconds.values()].map((inSecond) => inSecond.length))
        for (const { offset } of windows) expect(offset).toBeLessThanOrEqual(fullest)
      },
    ),
    { numRuns: 400 },
  ))

it('goes on where it was broken off', () =>
  fc.assert(
    fc.asyncProperty(starts, fc.integer({ min: 1, max: 12 }), fc.nat(20), async (before, limit, pages) => {
      const rows = before.map((startMs, n) => row(`row ${n}`, startMs))
      const { ask } = upstreamOf(rows, limit)
      const kept = new Set<string>()
      let nextMs: number | undefined
      let walked = 0
      for await (const one of walkStarts(everything, ask)) {
        for (const { id = '' } of one.fresh) kept.add(id)
        nextMs = one.next?.fromMs
        if (walked++ === pages) break
      }
      if (nextMs !== undefined)
        for (const id of await idsOf({ ...everything, fromMs: nextMs }, ask)) kept.add(id)
      expect(kept.size).toBe(rows.length)
    }),
    { numRuns: 200 },
  ))

it('needs no offset where no second has more than a page', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => row(`row ${n}`, base + n * 1000))
  const { windows, ask } = upstreamOf(rows, 100)
  expect(await idsOf(everything, ask)).toHaveLength(5000)
  expect(windows.every(({ offset }) => offset === 0)).toBe(true)
  expect(windows.length).toBeLessThan(53)
})

it('keeps inside its span', async () => {
  const rows = Array.from({ length: 50 }, (_, n) => row(`row ${n}`, base + n * 1000))
  const { ask } = upstreamOf(rows, 7)
  const ids = await idsOf({ fromMs: base + 10_000, toMs: base + 19_000 }, ask)
  expect(ids).toEqual(Array.from({ length: 10 }, (_, n) => `row ${n + 10}`))
})

it('walks past rows that cannot be read', async () => {
  const unread = Array.from({ length: 3 }, (_, n) => ({ row: n, errors: [] }))
  const pages: WindowPage[] = [
    { hasMore: true, engagements: [row('a', base)], unread: [] },
    { hasMore: true, engagements: [], unread },
    { hasMore: false, engagements: [row('b', base)], unread: [] },
  ]
  const windows: Window[] = []
  const ids = await idsOf(everything, async (window) => {
    windows.push(window)
    return pages[windows.length - 1] as WindowPage
  })
  expect(ids).toEqual(['a', 'b'])
  expect(windows.map(({ fromMs, offset }) => [fromMs, offset])).toEqual([
    [undefined, 0],
    [base, 0],
    [base, 3],
  ])
})

it.each<[string, WindowPage]>([
  ['newest first', { hasMore: false, engagements: [row('b', base + 1000), row('a', base)], unread: [] }],
  ['what starts before the window', { hasMore: false, engagements: [row('a', base - 1)], unread: [] }],
  ['nothing, and says that more follows', { hasMore: true, engagements: [], unread: [] }],
])('stops at an upstream that gives %s', async (_, page) => {
  await expect(idsOf({ fromMs: base, toMs: undefined }, async () => page)).rejects.toThrow(SourceFailure)
})
