/** What people are told while PostgreSQL is gone or stands still, and that everything goes on by itself once it is back. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { stateQuery } from '../../contract/query/stated-query.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import {
  type ReplicatedCluster,
  startReplicatedCluster,
} from '../test-support/postgres/replicated-cluster.ts'

const password = 'correct horse battery'
/** Nobody waits longer for an answer: 1.5 s, and as much again for a machine that is busy with other tests. */
const longestAnswerMs = 3000
/** So soon after the database is back everything works again. */
const soon = { timeout: 5000, interval: 100 }
const basic = `Basic ${Buffer.from(`ana@x.example:${password}`).toString('base64')}`
let folder: string
let cluster: ReplicatedCluster
let hindsight: HindsightProcesses
let servers: readonly ReturnType<HindsightProcesses['start']>[]
let origin: string
/** Of a server that knows of the primary alone. */
let alone: string
let env: Record<string, string>
let token: { authorization: string }

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-faults-'))
  cluster = await startReplicatedCluster()
  hindsight = hindsightProcesses(folder)
  env = {
    DATABASE_URL: cluster.url,
    SESSION_SECRET: 'a secret for tests, longer than 32 characters',
    DEMO: 'off',
    // Longer than a test makes the replica wait.
    DATABASE_REPLICA_LAG: '60000',
  }
  const run = async (args: readonly string[], input = '') => {
    const { code, out, err } = await hindsight.run(args, { env, input })
    if (code !== 0) throw new Error(`${args.join(' ')}: ${out}${err}`)
  }
  await run(['user', 'add', '--tenant', 'T', '--email', 'ana@x.example', '--role', 'admin'], `${password}\n`)
  const file = path.join(folder, 'rows.ndjson')
  const row = '"status":"successful","startDate":"2026-11-01T08:00:00Z"}'
  await writeFile(file, `{"id":"call",${row}\n{"id":"spare",${row}\n`)
  await run(['import', file, '--tenant', 'T'])
  await cluster.caughtUp()
  const [first = ''] = cluster.url.match(/^[^,]+/) ?? []
  const one = { ...env, DATABASE_URL: `${first}/hindsight` }
  servers = [hindsight.start(['serve'], env), hindsight.start(['serve'], one)]
  ;[origin = '', alone = ''] = await Promise.all(servers.map(untilReady))
  const issued = await fetch(`${origin}/v1/auth/T?grant_type=password`, { headers: { authorization: basic } })
  token = { authorization: `Bearer ${((await issued.json()) as { access_token: string }).access_token}` }
}, 60_000)

afterAll(async () => {
  try {
    await hindsight?.end()
  } finally {
    await cluster?.end()
    await rm(folder, { recursive: true, force: true })
  }
})

const reads = [
  '/v1/engagements/T',
  '/v1/engagements/T/call',
  '/v1/engagements/count/T',
  '/v1/engagements/histogram/T',
  '/v1/engagements/sample/T',
  '/v1/users/T?startsWith=a',
  '/v1/views/T',
]

const parameters = stateQuery(pageQuery.defaults)

interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** @throws when the whole answer is not there in time */
async function ask(place: string, init: RequestInit = {}, of = origin): Promise<Answered> {
  const signal = AbortSignal.timeout(longestAnswerMs)
  try {
    const answer = await fetch(`${of}${place}`, { headers: token, signal, ...init })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  } catch (cause) {
    throw new Error(`${place} was not answered`, { cause })
  }
}

const readAll = (of = origin) => Promise.all(reads.map((place) => ask(place, {}, of)))
const readStatuses = async (of = origin) => new Set((await readAll(of)).map(({ status }) => status))
const onlyOk = new Set([200])

const signIn = async () =>
  (await ask('/v1/auth/T?grant_type=password', { headers: { authorization: basic } })).status

let views = 0
/** A write. */
async function saveView(of = origin): Promise<number> {
  const id = `view-${++views}`
  const body = JSON.stringify({ name: id, format: 1, parameters })
  const headers = { ...token, 'content-type': 'application/json', 'if-none-match': '*' }
  return (await ask(`/v1/views/T/${id}`, { method: 'PUT', headers, body }, of)).status
}

/**
 * Asks for one thing after the other, ten times a second, while something is done.
 * @returns every answer that was no success
 * @throws when anything was not answered, or too late
 */
async function underLoad(work: () => Promise<void>): Promise<readonly Answered[]> {
  const failed: Answered[] = []
  const answers: Promise<void>[] = []
  const asking = setInterval(() => {
    const answered = ask(reads[answers.length % reads.length] ?? '').then((answer) => {
      if (answer.status !== 200) failed.push(answer)
    })
    answered.catch(() => {})
    answers.push(answered)
  }, 100)
  try {
    await work()
  } finally {
    clearInterval(asking)
    // What failed first is what there is to tell.
    await Promise.allSettled(answers)
  }
  await Promise.all(answers)
  return failed
}

function expectUnavailable(answers: readonly Answered[]): void {
  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(JSON.parse(answer.text)).toMatchObject({
      status: 503,
      detail: expect.stringContaining('database'),
    })
  }
}

afterEach(() => {
  for (const { child, printed } of servers)
    if (child.exitCode !== null) throw new Error(`A server ended:\n${printed.err.slice(-3000)}`)
})
beforeEach(async () => {
  await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
  await expect.poll(() => saveView(), soon).toBe(201)
})

it.each([
  ['killed', () => Promise.all([cluster.primary.kill(), cluster.replica.kill()])],
  ['stopped', () => Promise.all([cluster.primary.stop(), cluster.replica.stop()])],
])('says that the database does not answer once it is %s, and goes on when it is back', async (_how, end) => {
  const failed = await underLoad(async () => {
    await end()
    expectUnavailable(await readAll())
    expect(await signIn()).toBe(503)
    expect(await saveView()).toBe(503)
    expect((await ask('/readyz')).status).toBe(503)
    expect((await ask('/livez')).status).toBe(200)
    await Promise.all([cluster.primary.start(), cluster.replica.start()])
    await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
  })
  expectUnavailable(failed)
  await expect.poll(() => saveView(), soon).toBe(201)
  expect(await signIn()).toBe(200)
})

it('says so while it stands still, and goes on when it does', async () => {
  const failed = await underLoad(async () => {
    cluster.primary.freeze()
    cluster.replica.freeze()
    try {
      // More at once than there are connections: some wait for one.
      const all = await Promise.all([origin, alone].flatMap((of) => [1, 2, 3, 4].map(() => readAll(of))))
      expectUnavailable(all.flat())
      expect(await signIn()).toBe(503)
      for (const of of [origin, alone]) {
        expect(await saveView(of)).toBe(503)
        expect((await ask('/readyz', {}, of)).status).toBe(503)
      }
    } finally {
      cluster.primary.thaw()
      cluster.replica.thaw()
    }
    await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
  })
  expectUnavailable(failed)
  await expect.poll(() => saveView(), soon).toBe(201)
})

/** May take longer than a page: for parts of hours there are no kept counts. */
const walks = [
  '/v1/engagements/T?limit=10&offset=20000',
  '/v1/engagements/count/T?startAfter=2026-11-01T07:59:30',
  '/v1/engagements/histogram/T?startAfter=2026-11-01T07:59:30&startBefore=2026-11-01T08:10:00',
  '/v1/engagements/sample/T',
  '/v1/engagements/export/T?startAfter=2026-11-01T07:59:30',
]

it('lets long walks take their time, and ends them when the database stands still', async () => {
  const holder = await cluster.primary.connect('hindsight')
  const watcher = await cluster.primary.connect('hindsight')
  const stop = new AbortController()
  try {
    const init = { headers: token, signal: stop.signal }
    // Removed with its rows; then it waits for those who hold files.
    await holder.query(`insert into removed_file select key, 'left', 'ab' from tenant;
      select pg_advisory_lock_shared(hashtextextended('hindsight files ' || current_schema(), 0))`)
    const removal = fetch(`${alone}/v1/engagements/T/spare`, { ...init, method: 'DELETE' })
    await expect.poll(async () => (await ask('/v1/engagements/T/spare', {}, alone)).status, soon).toBe(404)
    await holder.query(`begin; lock table engagement in access exclusive mode`)
    const asked = [...walks, '/v1/engagements/T/call'].map(async (place, n) => {
      const method = n < walks.length ? 'GET' : 'DELETE'
      const answer = await fetch(`${alone}${place}`, { ...init, method })
      return { status: answer.status, headers: answer.headers, text: await answer.text() }
    })
    // Longer than anybody is to wait for a database that stands still.
    const waiting = async () => {
      const { rows } = await watcher.query(`select count(*)::integer as n from pg_stat_activity
        where wait_event_type = 'Lock' and now() - query_start > interval '1.6 s'`)
      return rows[0].n
    }
    await expect.poll(waiting, soon).toBe(asked.length + 1)
    cluster.primary.freeze()
    const late = setTimeout(() => stop.abort(new Error('Not answered in time')), longestAnswerMs)
    expectUnavailable(await Promise.all(asked))
    expect((await removal).status).toBe(204)
    clearTimeout(late)
  } finally {
    stop.abort()
    cluster.primary.thaw()
    await holder.end()
    await watcher.end()
  }
  await expect.poll(() => readStatuses(alone), soon).toEqual(onlyOk)
  expect((await ask('/v1/engagements/T/call', {}, alone)).status).toBe(200)
})

it.each([
  ['killed', async () => cluster.primary.kill(), async () => cluster.primary.start()],
  ['standing still', async () => cluster.primary.freeze(), async () => cluster.primary.thaw()],
])('reads from the replica while the primary is %s', async (_how, end, bringBack) => {
  await cluster.caughtUp()
  await end()
  try {
    await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
    expect(await saveView()).toBe(503)
    expect(await signIn()).toBe(200)
    expect(await readStatuses()).toEqual(onlyOk)
  } finally {
    await bringBack()
  }
  await expect.poll(() => saveView(), soon).toBe(201)
})

it('gives nobody who has seen newer rows older ones, nor others under one mark', async () => {
  const rows = ['old', 'new'].map((id) =>
    JSON.stringify({ id, startDate: '2026-11-02T08:00:00Z', status: 'successful' }),
  )
  const file = path.join(folder, 'more.ndjson')
  await writeFile(file, rows.join('\n'))
  const imported = await hindsight.run(['import', file, '--tenant', 'T'], { env })
  expect(imported.code).toBe(0)
  await cluster.caughtUp()
  const list = '/v1/engagements/T'
  const seen = async (of: string, etag?: string) => {
    const headers = { ...token, ...(etag !== undefined && { 'if-none-match': etag }) }
    const answer = await ask(list, { headers }, of)
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', text: answer.text }
  }
  const before = await seen(alone)
  const replica = await cluster.replica.connect()
  await replica.query('select pg_wal_replay_pause()')
  try {
    expect((await ask(`${list}/new`, { method: 'DELETE' }, alone)).status).toBe(204)
    const after = await seen(alone)
    expect(after.text).not.toBe(before.text)
    // By another server, which reads a replica that knows of no deletion.
    expect(await seen(origin)).toEqual(before)
    expect(await seen(origin, after.etag)).toMatchObject({ status: 304, etag: after.etag })
    expect(await seen(origin)).toEqual(after)
  } finally {
    await replica.query('select pg_wal_replay_resume()')
    await replica.end()
  }
})

it('starts and reads while the primary is lost', async () => {
  await cluster.caughtUp()
  await cluster.primary.kill()
  const later = await untilReady(hindsight.start(['serve'], env))
  expect(await readStatuses(later)).toEqual(onlyOk)
  expect(await saveView(later)).toBe(503)
  await cluster.primary.start()
  await expect.poll(() => saveView(later), soon).toBe(201)
})

it('needs no replica', async () => {
  await cluster.replica.kill()
  await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
  expect(await saveView()).toBe(201)
  await cluster.replica.start()
  await expect.poll(() => readStatuses(), soon).toEqual(onlyOk)
})

it('writes to the replica once that is the primary', async () => {
  await cluster.caughtUp()
  await cluster.primary.kill()
  await cluster.promote()
  await expect.poll(() => saveView(), soon).toBe(201)
  expect(await readStatuses()).toEqual(onlyOk)
  expect(await signIn()).toBe(200)
})
