/** Backing up a PostgreSQL and restoring into one, as an operator does it. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { postgresDatabase } from '../backup/backed-database.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { openPostgresSource } from '../store/engine/postgres/history.ts'
import { openSqliteSource } from '../store/engine/sqlite/history.ts'
import type { HistorySource } from '../store/history/history.ts'
import { sumTenant } from '../store/history/tenant-sums.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { oddTenants, writeOddHistory } from '../test-support/odd-history.ts'
import { createTestDatabase, type TestDatabase } from '../test-support/postgres/test-database.ts'
import { runCommand } from '../test-support/run-command.ts'

import { backupCommand } from './backup.ts'
import { restoreCommand } from './restore.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 60_000 })

const rowsABatch = 100
const secret = 'a secret for tests, longer than 32 characters'
const { signal } = new AbortController()
const ignored = () => {}
const noProgress = { total: ignored, moved: ignored, compared: ignored }
let folder: string
let home: string
let to: string
let hindsight: HindsightProcesses
let databases: TestDatabase[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  home = path.join(folder, 'home')
  to = path.join(folder, 'backup')
  hindsight = hindsightProcesses(home)
  databases = []
})
afterEach(async () => {
  await hindsight.end()
  for (const database of databases) await database.drop()
  await rm(folder, { recursive: true })
})

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  databases.push(database)
  return database
}

const envOf = (database: TestDatabase, dataDir = home) => ({
  DATABASE_URL: database.url,
  SESSION_SECRET: secret,
  DATA_DIR: dataDir,
})
const backup = (env: Record<string, string>, folder = to) => runCommand(backupCommand, ['--to', folder], env)
const restore = (env: Record<string, string>, folder = to) =>
  runCommand(restoreCommand, ['--from', folder], env)
const open = (dataDir: string, database?: TestDatabase) =>
  openStore({ dataDir, database: database?.settings, auditFailed: ignored, databaseFailed: ignored })

async function recordingOf(dataDir: string, id: string) {
  const file = path.join(folder, 'taken.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(500)]))
  return openMediaFolder(dataDir).takeIn('T', id, 'a.webm', file)
}

/** Rows that belong together, the first of them with a recording. */
async function writeBatch({ writer }: Store, tenant: string, n: number): Promise<void> {
  const release = await writer.holdFiles()
  const held = tenant === 'T' ? [await recordingOf(home, `call ${n * rowsABatch}`)] : []
  const batch = Array.from({ length: rowsABatch }, (_, row) => ({
    engagement: {
      id: `call ${n * rowsABatch + row}`,
      startDate: new Date(1_790_000_000_000 + (n * rowsABatch + row) * 60_000).toISOString(),
      status: 'successful',
      users: [{ uri: `p${row % 7}@x.example` }],
      associateInitiated: false,
    },
    held: row === 0 ? held : [],
  }))
  await writer.write(tenant, batch)
  release()
}

/** What a tenant's rows come to, and a draw of them, which follows from their keys. */
async function answersOf({ source }: Store, tenant: string) {
  const all = { ...engagementQuery.defaults, status: 'all', sort: 'oldest', limit: 10 } as const
  const documents: string[] = []
  for await (const batch of source.batches(tenant, all)) documents.push(...batch)
  const drawn = await source.sample(tenant, { ...all, seed: 7 })
  return { documents, drawn, count: await source.count(tenant, all) }
}

async function filesIn(dataDir: string): Promise<readonly string[]> {
  const names = await readdir(path.join(dataDir, 'recordings'), { recursive: true })
  return names.filter((name) => name.includes(path.sep)).sort()
}

async function sumsOf(source: HistorySource) {
  try {
    const sums = []
    for (const tenant of await source.reader.tenants()) {
      const kinds = await sumTenant(source.reader, tenant, { shift: 0, signal, read: ignored })
      sums.push([tenant.name, Object.fromEntries(kinds)])
    }
    return sums
  } finally {
    await source.close()
  }
}

it('is of one moment while others write, and answers the same on either engine', async () => {
  const database = await newDatabase()
  const store = await open(home, database)
  // Two tenants, whose keys are the same.
  for (let n = 0; n < 3; n++) for (const tenant of ['T', 'U']) await writeBatch(store, tenant, n)
  const before = await answersOf(store, 'U')
  const made = backup(envOf(database))
  let done = false
  made.finally(() => {
    done = true
  })
  let n = 3
  for (; !done; n++) await writeBatch(store, 'T', n)
  expect(await made).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ the database, \d+ recordings of \d+ bytes, 0 missing\n$/),
  })
  expect(n).toBeGreaterThan(4)
  expect((await readdir(to)).sort()).toEqual(['backup.json', 'hindsight.db', 'recordings'])
  const live = await answersOf(store, 'T')
  await store.close()

  const other = await newDatabase()
  const [embeddedHome, otherHome] = [path.join(folder, 'one'), path.join(folder, 'two')]
  expect(await restore({ DATA_DIR: embeddedHome })).toMatchObject({ code: 0 })
  expect(await restore(envOf(other, otherHome))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^The database postgres: as of .*, with \d+ recordings\n$/),
  })
  const stores = [await open(embeddedHome), await open(otherHome, other)] as const
  const [embedded, postgres] = [await answersOf(stores[0], 'T'), await answersOf(stores[1], 'T')]
  expect(await answersOf(stores[1], 'U')).toEqual(before)
  for (const one of stores) {
    expect((await answersOf(one, 'U')).documents).toEqual(before.documents)
    expect(await one.check.findings(signal)).toEqual([])
    await one.close()
  }
  const rows = embedded.documents.length
  expect(rows % rowsABatch).toBe(0)
  expect(rows).toBeGreaterThanOrEqual(3 * rowsABatch)
  expect(embedded.documents).toEqual(live.documents.slice(0, rows))
  expect(embedded.count).toBe(rows)
  expect(postgres).toMatchObject({ documents: embedded.documents, count: rows })
  const files = await filesIn(otherHome)
  expect(files).toHaveLength(rows / rowsABatch)
  expect(await filesIn(embeddedHome)).toEqual(files)
  const bytesOf = (dataDir: string) =>
    Promise.all(files.map((file) => readFile(path.join(dataDir, 'recordings', file))))
  expect(await bytesOf(otherHome)).toEqual(await bytesOf(home))
})

it('keeps bytes of recordings from being removed until it is made', async () => {
  const database = await newDatabase()
  const superuser = await database.superuser()
  const free = async () => {
    const lock = `hashtextextended('hindsight files ' || current_schema(), 0)`
    const { rows } = await superuser.query(`select pg_try_advisory_lock(${lock}) as free`)
    return rows[0]?.free
  }
  const release = await postgresDatabase(database.settings, noProgress).holdFiles()
  expect(await free()).toBe(false)
  await release()
  expect(await free()).toBe(true)
  await superuser.end()
})

it('keeps everything on the way from one engine into the other, and back', async () => {
  const store = await open(home)
  await writeOddHistory(store, home)
  await store.close()
  const database = await newDatabase()
  const away = path.join(folder, 'away')
  const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')]
  const back = path.join(folder, 'back')
  const done = { code: 0 }
  expect(await backup({ DATA_DIR: home }, first)).toMatchObject(done)
  expect(await restore(envOf(database, away), first)).toMatchObject(done)
  expect(await backup(envOf(database, away), second)).toMatchObject(done)
  expect(await restore({ DATA_DIR: back }, second)).toMatchObject(done)
  const sums = await sumsOf(await openSqliteSource(home))
  expect(sums.map(([name]) => name)).toEqual(oddTenants)
  expect(await sumsOf(await openPostgresSource(database.settings))).toEqual(sums)
  expect(await sumsOf(await openSqliteSource(back))).toEqual(sums)
})

it('is put into an empty database alone, whole or not at all, and begins anew after it was killed', async () => {
  const source = await open(home)
  for (const n of [0, 1]) await writeBatch(source, 'T', n)
  await source.close()
  expect(await runCommand(backupCommand, ['--copy', '--to', to], { DATA_DIR: home })).toMatchObject({
    code: 0,
  })
  const database = await newDatabase()
  const env = envOf(database, path.join(folder, 'away'))

  const [first = '', second = ''] = (await filesIn(to)).map((name) => path.join(to, 'recordings', name))
  const bytes = await readFile(first)
  await writeFile(first, 'other')
  expect(await restore(env)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('has other bytes than'),
  })
  expect(await filesIn(env.DATA_DIR)).toEqual([])
  const store = await open(home, database)
  expect(await store.isEmpty()).toBe(true)
  await store.close()
  await writeFile(first, bytes)

  // Holds it up among the arrivals, which come after the engagements.
  const [holding, watching] = [await database.superuser(), await database.superuser()]
  await holding.query('begin; lock table arrival in share mode')
  const killed = hindsight.start(['restore', '--from', to], env)
  const waits = `select 1 from pg_stat_activity
    where usename = current_schema() and application_name = 'hindsight move' and wait_event_type = 'Lock'`
  while ((await watching.query(waits)).rowCount === 0) await delay(20)
  killed.child.kill('SIGKILL')
  await killed.ended
  await holding.query('commit')
  await Promise.all([holding.end(), watching.end()])
  await expect(open(home, database)).rejects.toThrow('a history that is being moved or restored there')

  // Recordings that were not lost need not be in the backup any more.
  await rm(second)
  const kept = { ...env, DATA_DIR: home }
  expect(await restore(kept)).toMatchObject({
    code: 0,
    out: expect.stringContaining(' 2 recordings'),
  })
  expect(await readdir(path.join(home, 'recordings'))).toHaveLength(1)
  expect(await readdir(home)).not.toContain('restoring')
  expect(await restore(kept)).toEqual({
    code: 1,
    out: '',
    err: 'The database postgres has to be empty; it holds T with 200 engagements and 0 accounts. Nothing was changed\n',
  })
})
