/** Round after round over a history that goes on meanwhile, broken off anywhere: in the end everything is here, once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { SourceFailure } from '../source/source-failure.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type OracleRow, oracle } from '../test-support/engagement-oracle.ts'
import { createProblems } from './problems.ts'
import { type Round, syncStatus } from './sync-status.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** What happens at a host between two questions. */
const happening = fc.record({
  kind: fc.constantFrom('nothing', 'nothing', 'arrives', 'begins', 'ends', 'is listed late', 'fails'),
  /** How long before now, of the longest that the kind allows. */
  ago: fc.double({ min: 0, max: 1, noNaN: true }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function createHost(startsAgo: readonly number[], limit: number) {
  let nowMs = Date.UTC(2026, 5, 1)
  let made = 0
  const at = (ms: number) => formatInstant(Math.floor(ms / 1000) * 1000)
  const row = (startMs: number, endMs: number | undefined): OracleRow => ({
    startDate: at(startMs),
    ...(endMs !== undefined && { endDate: at(endMs) }),
    id: `call ${made++}`,
    status: 'successful',
    associateInitiated: false,
  })
  const rows = startsAgo.map((ago, n) => {
    const startMs = nowMs - ago * hourMs
    return row(startMs, n % 4 === 0 ? undefined : startMs + 60_000)
  })
  const happen = ({ kind, ago }: Happening) => {
    if (kind === 'arrives') {
      const startMs = nowMs - ago * 20 * hourMs
      rows.push(row(startMs, startMs + 30_000))
    }
    if (kind === 'begins') rows.push(row(nowMs - ago * 20 * hourMs, undefined))
    if (kind === 'is listed late') rows.push(row(nowMs - ago * 60 * dayMs, nowMs))
    const open = rows.findIndex(({ endDate }) => endDate === undefined)
    if (kind === 'ends' && open >= 0) rows[open] = { ...(rows[open] as OracleRow), endDate: at(nowMs) }
    if (kind === 'fails') throw new SourceFailure('unreachable', 'killed here')
  }
  return {
    rows,
    happen,
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms
    },
    page: async (
      { endAfterMs }: { readonly endAfterMs: number | undefined },
      {
        fromMs,
        toMs,
        offset,
      }: { readonly fromMs: number | undefined; readonly toMs: number | undefined; readonly offset: number },
    ) => {
      const { hasMore, ids } = oracle(rows, {
        ...engagementQuery.defaults,
        sort: 'oldest',
        startAfter: fromMs,
        startBefore: toMs,
        endAfter: endAfterMs,
        limit,
        offset,
      })
      const engagements = ids.flatMap((id) => rows.filter((one) => one.id === id))
      return { hasMore, engagements, unread: [], unreadEngagements: [] }
    },
  }
}

let tenants = 0

it('has everything once, in the end', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 25, max: 9000 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.array(happening, { maxLength: 25 }), { minLength: 1, maxLength: 6 }),
      async (startsAgo, limit, rounds) => {
        const tenant = `T${tenants++}`
        const host = createHost(startsAgo, limit)
        const round = async (happenings: Happening[]) => {
          const round: Round = {
            history: {
              page: (filter, window) => {
                const next = happenings.shift()
                if (next !== undefined) host.happen(next)
                return host.page(filter, window)
              },
              count: async () => undefined,
            },
            writer: store.writer,
            state: store.syncState,
            take: async (engagement) => ({
              engagement,
              held: [],
              known: [],
              missing: [],
              downloads: [],
            }),
            media: openMediaFolder(folder),
            findRecording: store.findRecording,
            problems: createProblems(),
            counts: { added: 0, changed: 0, unchanged: 0, recordings: 0 },
            progress: { expect() {}, rows() {} },
            signal: new AbortController().signal,
            now: host.now,
          }
          const key = { tenant, scope: 'host', status: 'successful' } as const
          const span = { fromMs: undefined, toMs: undefined }
          await syncStatus({ key, span, walks: 'kept', gaps: 'again' }, round).catch((error: unknown) => {
            if (!(error instanceof SourceFailure)) throw error
          })
          return round.counts
        }
        for (const happenings of rounds) {
          await round([...happenings])
          host.pass(3 * hourMs)
        }
        await round([])
        host.pass(3 * hourMs)
        const selection = { ...engagementQuery.defaults, status: 'all' } as const
        const kept: EngagementV1[] = []
        for await (const batch of store.source.batches(tenant, selection))
          kept.push(...batch.map((text): EngagementV1 => JSON.parse(text)))
        const byId = (a: EngagementV1, b: EngagementV1) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)
        expect(kept.sort(byId)).toEqual(host.rows.toSorted(byId))
        expect(await round([])).toMatchObject({ added: 0, changed: 0 })
      },
    ),
    { numRuns: 300 },
  ),
)
