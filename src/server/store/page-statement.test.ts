/** How SQLite means to run every kind of page and count: along covering indexes, never over the table. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { batchParts, batchStatement } from './batch-statement.ts'
import { indexCount } from './count-statement.ts'
import { nodeSqliteDialect } from './engine/sqlite/dialect.ts'
import { openDatabase } from './engine/sqlite/open-database.ts'
import { outermostStart, unplacedCount } from './histogram-statement.ts'
import { openStore } from './open-store.ts'
import { isSorted, type PageShape, pageSlots, pageStatement, sortOf } from './page-statement.ts'
import { statusCodes, type Tables } from './schema.ts'
import { stageStatement } from './stage-statement.ts'
import { filler, type Template } from './statement.ts'
import { walkForUsers } from './users-by-duration.ts'

let folder: string
let database: DatabaseSync
let db: Kysely<Tables>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  await (await openStore({ dataDir: folder })).close()
  database = openDatabase(path.join(folder, 'hindsight.db'))
  db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) })
})
afterAll(async () => {
  database.close()
  await rm(folder, { recursive: true })
})

const either = [false, true]
const shapes: PageShape[] = (['newest', 'oldest', 'shortest', 'longest'] as const).flatMap((sort) =>
  (['successful', 'unsuccessful', 'all'] as const).flatMap((status) =>
    [0, 1, 3].flatMap((users) =>
      either.flatMap((started) =>
        either.flatMap((ended) =>
          either.flatMap((asOf) =>
            (['walk', 'range'] as const).map((plan) => ({
              sort,
              status,
              users,
              startAfter: started,
              startBefore: started,
              endAfter: ended,
              endBefore: ended,
              asOf,
              plan,
            })),
          ),
        ),
      ),
    ),
  ),
)

function stepsOf(shape: PageShape): string[] {
  const { sql, parameters } = pageStatement(db, shape)
  const values = filler(parameters, pageSlots(shape.users))(pageSlots(shape.users).map(() => 1))
  return database
    .prepare(`explain query plan ${sql}`)
    .all(...values)
    .map(({ detail }) => String(detail))
}

it('walks covering indexes, and reads documents by key alone, for every kind of query', () => {
  for (const shape of shapes) {
    const steps = stepsOf(shape)
    const reads = steps.filter((step) => /^(SEARCH|SCAN) (engagement|participant|d)\b/.test(step))
    expect(reads.length, JSON.stringify(shape)).toBeGreaterThan(1)
    for (const step of reads) {
      expect(step, JSON.stringify(shape)).toMatch(
        /^SEARCH (engagement USING (COVERING INDEX|PRIMARY KEY)|participant USING PRIMARY KEY) |^SEARCH d USING INTEGER PRIMARY KEY/,
      )
    }
  }
})

it('walks on from where a batch ended, along covering indexes that lead there', () => {
  for (const shape of shapes) {
    for (const known of batchParts(shape)) {
      for (const resumed of either) {
        const reads = readsOf(batchStatement(db, { ...shape, known, resumed })).filter((read) =>
          / (engagement|participant)\b/.test(read),
        )
        expect(reads.length, JSON.stringify(shape)).toBeGreaterThan(0)
        for (const read of reads) {
          expect(read, JSON.stringify(shape)).toMatch(
            /^SEARCH (engagement USING (COVERING INDEX|PRIMARY KEY)|participant USING PRIMARY KEY) /,
          )
          // A range that is sorted is read whole.
          if (!resumed || isSorted(shape)) continue
          expect(read, JSON.stringify(shape)).toMatch(
            known === 'known' ? /\(?(start_key|duration),id\)?[<>]/ : /id[<>]/,
          )
        }
      }
    }
  }
})

function stepsOfTemplate({ sql, parameters }: Template): string[] {
  return database
    .prepare(`explain query plan ${sql}`)
    .all(...parameters.map(() => 1))
    .map(({ detail }) => String(detail))
}

function readsOf(statement: Template): string[] {
  return stepsOfTemplate(statement).filter((step) => /^(SEARCH|SCAN) (?!CONSTANT)/.test(step))
}

it('counts along one covering index, for every kind of filter', () => {
  for (const shape of shapes) {
    const reads = readsOf(indexCount(db, shape, statusCodes[shape.status]))
    expect(reads, JSON.stringify(shape)).toEqual([
      expect.stringMatching(
        /^SEARCH \w+ USING (COVERING INDEX \w+|PRIMARY KEY) \((tenant|person)=\? AND status=\?/,
      ),
    ])
    if (shape.startAfter) expect(reads[0]).toMatch(/start_key>\? AND start_key<\?/)
  }
})

it('counts long engagements, and finds the outermost of them, along their own index', () => {
  const reading =
    /^SEARCH engagement USING COVERING INDEX engagement_long \(tenant=\? AND status=\? AND start_key>\? AND start_key<\?/
  for (const shape of shapes.filter(
    ({ users, startAfter, startBefore, asOf }) => users === 0 && startAfter && startBefore && !asOf,
  )) {
    const long = { ...shape, long: true }
    const statements = [
      indexCount(db, long, [1]),
      ...(['first', 'last'] as const).map((which) => outermostStart(db, long, 1, which)),
    ]
    for (const statement of statements) expect(readsOf(statement)).toEqual([expect.stringMatching(reading)])
  }
})

it('finds the outermost starts of a histogram, and what has none, along one covering index', () => {
  for (const shape of shapes) {
    const index =
      /^SEARCH (engagement USING PRIMARY KEY \(tenant|participant USING PRIMARY KEY \(person)=\? AND status=\?/
    for (const status of statusCodes[shape.status]) {
      const alone = { ...shape, users: Math.min(shape.users, 1) }
      for (const which of ['first', 'last'] as const) {
        const steps = stepsOfTemplate(outermostStart(db, alone, status, which))
        expect(steps, JSON.stringify(shape)).toEqual([expect.stringMatching(index)])
      }
    }
    const unplaced = readsOf(unplacedCount(db, shape, statusCodes[shape.status]))
    expect(unplaced, JSON.stringify(shape)).toEqual([expect.stringMatching(/AND start_key=\?/)])
    expect(unplaced[0]).toMatch(index)
  }
})

it.each(['newest', 'longest'] as const)('sorts nothing but the page itself for %s', (sort) => {
  const users = sort === 'newest' ? 1 : 0
  const plain = shapes.filter(
    (one) => one.sort === sort && one.status === 'successful' && one.users === users && one.plan === 'walk',
  )
  for (const asOf of either) {
    const shape = plain.find((one) => one.asOf === asOf)
    const sorts = shape && stepsOf(shape).filter((step) => step.includes('TEMP B-TREE'))
    expect(sorts).toHaveLength(1)
  }
})

it('builds the hottest statement as it was measured', () => {
  const first: PageShape = {
    sort: 'newest',
    status: 'successful',
    users: 0,
    startAfter: false,
    startBefore: false,
    endAfter: false,
    endBefore: false,
    asOf: false,
    plan: 'walk',
  }
  expect(pageStatement(db, first).sql).toBe(
    'select "d"."doc" from (select "key", "start_key" as "at", "id" from "engagement" where "tenant" = ? and "status" = 1 ' +
      'order by "start_key" desc, "id" desc limit +? offset ?) as "w" inner join "document" as "d" on "d"."key" = "w"."key" ' +
      'order by w.at is null, "w"."at" desc, "w"."id" desc',
  )
})

it('walks a stage along covering indexes from its place on, and merges statuses without sorting what is passed', () => {
  for (const shape of shapes.filter(({ users, plan }) => users === 0 && plan === 'walk')) {
    for (const known of ['known', 'unknown'] as const) {
      const byDuration = sortOf(shape).column === 'duration'
      for (const from of byDuration && !shape.startAfter ? either : [false]) {
        const steps = stepsOfTemplate(stageStatement(db, { ...shape, known, from }))
        const reads = steps.filter((step) => /^(SEARCH|SCAN) (engagement|d)\b/.test(step))
        expect(reads.length, JSON.stringify(shape)).toBeGreaterThan(1)
        for (const read of reads) {
          expect(read).toMatch(
            /^SEARCH engagement USING (COVERING INDEX|PRIMARY KEY) |^SEARCH d USING INTEGER PRIMARY KEY/,
          )
          if (from && read.includes('engagement'))
            expect(read, JSON.stringify(shape)).toMatch(known === 'known' ? /\(duration,id\)[<>]/ : / id[<>]/)
        }
        expect(steps.filter((step) => step.includes('TEMP B-TREE')).length, steps.join('\n')).toBeLessThan(2)
      }
    }
  }
})

it('looks up users in the order by duration, without sorting what is passed', () => {
  for (const shape of shapes.filter((one) => one.users > 0 && one.status !== 'all' && isSorted(one))) {
    const steps = stepsOfTemplate(walkForUsers(db, { ...shape, plan: 'walk' }))
    expect(
      steps.filter((step) => step.startsWith('SEARCH')),
      JSON.stringify(shape),
    ).toEqual([
      expect.stringMatching(/^SEARCH engagement USING COVERING INDEX engagement_by_duration /),
      'SEARCH p USING PRIMARY KEY (person=? AND status=? AND start_key=? AND id=?)',
      'SEARCH d USING INTEGER PRIMARY KEY (rowid=?)',
    ])
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toHaveLength(1)
  }
})
