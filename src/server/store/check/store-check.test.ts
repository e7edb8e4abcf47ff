/** A database as its writer leaves it, and then broken by hand. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { countQuery } from '../../../contract/query/engagement-query.ts'
import { formatInstant } from '../../../contract/query/instant.ts'
import type { IncomingEngagement } from '../engagement-writer.ts'
import { nodeSqliteDialect } from '../engine/sqlite/dialect.ts'
import { openDatabase } from '../engine/sqlite/open-database.ts'
import { migrate } from '../migrations/migrate.ts'
import { openStore } from '../open-store.ts'
import { hourColumns, openColumns, type Tables } from '../schema.ts'
import { unknownStart } from '../start-key.ts'
import type { Store } from '../store.ts'

const tenant = 'T'
const startMs = Date.UTC(2026, 0, 5, 10)
const hours = [...hourColumns, ...openColumns].join(', ')
const signal = new AbortController().signal
let folder: string
let store: Store
let database: DatabaseSync

function call(n: number): IncomingEngagement {
  const begun = n % 10 !== 0
  const ended = n % 7 !== 0
  return {
    engagement: {
      id: `call-${n}`,
      ...(begun && { startDate: formatInstant(startMs + n * 7.5 * 60_000) }),
      ...(ended && { endDate: formatInstant(startMs + n * 7.5 * 60_000 + (n % 9) * 1000) }),
      ...(n % 4 !== 0 && { duration: n % 3 }),
      status: n % 5 === 0 ? 'unsuccessful' : 'successful',
      users: [{ uri: `${n % 3}@x.example` }, { uri: 'all@x.example' }],
      associateInitiated: false,
    },
    held: [],
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  store = await openStore({ dataDir: folder })
  const calls = Array.from({ length: 400 }, (_, n) => call(n))
  await store.writer.write(tenant, calls)
  await store.writer.write('Other', calls.slice(0, 50))
  database = openDatabase(path.join(folder, 'hindsight.db'))
})
afterAll(async () => {
  database.close()
  await store.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  expect(await findings()).toEqual([])
})

async function findings(): Promise<readonly string[]> {
  return (await store.check.findings(signal)).map(({ text }) => text)
}

it.each([
  [
    'update start_day set hour_10 = hour_10 + 1 where tenant = 1 and status = 1 and day = 20458',
    /^T, successful: kept counts of days differ from the rows: on 2026-01-05 hour_10 is \d+, the rows are \d+$/,
  ],
  [
    'update start_day set open_hour_11 = 0, open = open - 1 where tenant = 1 and status = 1 and day = 20458',
    /T, successful: kept counts of days differ from the rows: on 2026-01-05 open is/,
  ],
  [
    'delete from start_day where tenant = 1',
    /T, successful: kept counts of days differ from the rows: on 2026-01-05 engagements is missing, the rows are \d+; and 2 more/,
  ],
  [
    `insert into start_day select tenant, 2, -1, engagements, open, shortest_ms, longest_ms, ${hours} from start_day where tenant = 1 and status = 1 and day = 20458`,
    /T, neither successful nor unsuccessful: kept counts of days differ .* on 1969-12-31 engagements is \d+, there are no rows/,
  ],
  [
    'update start_day set longest_ms = 7000 where tenant = 1 and status = 1 and day = 20458',
    /T, successful: kept bounds of lengths leave rows out: on 2026-01-05 they are 0 to 7000 ms, the rows are 0 to 8000 ms/,
  ],
  [
    'update start_day set shortest_ms = null where tenant = 1 and status = 0 and day = 20458',
    /T, unsuccessful: kept bounds of lengths leave rows out/,
  ],
  [
    'update unplaced set open = open + 1 where tenant = 1',
    /T, unsuccessful: kept counts of what has no start differ from the rows: open is \d+, the rows are/,
  ],
  [
    'update duration_part set engagements = engagements - 1 where tenant = 1 and status = 1 and duration = 0',
    /T, successful: kept parts of durations differ from the rows: from 0 s on \d+ are kept, the rows are/,
  ],
  [
    'delete from duration_part where tenant = 1 and duration = -1',
    /T, unsuccessful: kept parts of durations differ from the rows: from unknown ones on 0 are kept/,
  ],
  [
    "delete from participant where engagement = 7 and person = (select key from person where email = '0@x.example')",
    /T: participants are missing or differ from their document: 0@x.example of call-6$/,
  ],
  [
    'update participant set start_key = 5 where engagement = 3',
    /T: participants .*: 2@x.example of call-2; and 1 more/,
  ],
  [
    "insert into participant values (1, 1, 7, x'01', null, null, 999999)",
    /T: rows of participants are in no document: \d of \d+/,
  ],
  [
    "insert into person (tenant, email) values (1, 'gone@x.example')",
    /T: people are in no engagement: gone@x.example/,
  ],
])('names what %s breaks, and repairs it', async (breaks, named) => {
  database.exec(breaks)
  const found = await store.check.findings(signal)
  expect(found.map(({ text }) => text).join('\n')).toMatch(named)
  expect(await store.check.repair(found, signal)).toHaveLength(1)
})

it('tells of columns that differ from their document, and cannot mend them', async () => {
  database.exec("update engagement set duration = 99 where id = short_id('call-8') and tenant = 1")
  const found = await store.check.findings(signal)
  expect(found.filter(({ repair }) => repair === undefined).map(({ text }) => text)).toEqual([
    'T: columns differ from their document: call-8',
  ])
  database.exec("update engagement set duration = null where id = short_id('call-8') and tenant = 1")
})

it('has a server that has read what was broken read what is repaired', async () => {
  const filter = { ...countQuery.defaults, status: 'all' as const }
  database.exec('update start_day set engagements = engagements + 1 where tenant = 1 and day = 20458')
  expect(await store.source.count(tenant, filter)).not.toBe(400)
  await store.check.repair(await store.check.findings(signal), signal)
  expect(await store.source.count(tenant, filter)).toBe(400)
})

it('stops when it is told to', async () => {
  const stop = AbortSignal.abort(new Error('enough'))
  await expect(store.check.findings(stop)).rejects.toThrow('enough')
})

it('finds nothing wrong in a database that was brought from an older version', async () => {
  const older = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const old = openDatabase(path.join(older, 'hindsight.db'))
  await migrate(new Kysely<Tables>({ dialect: nodeSqliteDialect(old) }), '0013-sync-state')
  old.exec(`attach '${path.join(folder, 'hindsight.db')}' as new`)
  for (const table of ['tenant', 'person', 'arrival'])
    old.exec(`insert into main.${table} select * from new.${table}`)
  old.exec(`insert into main.engagement (key, tenant, id, status, start_ms, end_ms, duration, doc)
    select e.key, e.tenant, d.doc ->> 'id', e.status, nullif(e.start_key, ${unknownStart}), e.end_ms, e.duration, d.doc
    from new.engagement as e join new.document as d on d.key = e.key`)
  old.exec(`insert into main.participant (person, engagement, id, status, start_ms, end_ms, duration)
    select p.person, e.key, e.id, e.status, e.start_ms, e.end_ms, e.duration
    from new.participant as p join main.engagement as e on e.key = p.engagement`)
  old.close()
  const brought = await openStore({ dataDir: older })
  expect(await brought.check.findings(signal)).toEqual([])
  await brought.close()
  await rm(older, { recursive: true })
})
