/** Three instances as the README sets them up: over one primary and its replica, one folder of recordings, behind HAProxy. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Agent, fetch, type RequestInit } from 'undici'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { conversationFile } from '../demo/conversations.ts'
import { startBalancer } from '../test-support/balancer.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { freePort } from '../test-support/postgres/cluster.ts'
import {
  type ReplicatedCluster,
  startReplicatedCluster,
} from '../test-support/postgres/replicated-cluster.ts'
import { selfSigned } from '../test-support/upstream/self-signed.ts'

interface Instance {
  readonly origin: string
  readonly hindsight: HindsightProcesses
  readonly env: Record<string, string>
  /** How many requests it has logged. */
  answered(): number
  kill(): Promise<void>
  /** At the same address. */
  startAgain(): Promise<void>
}

const names = ['one', 'two', 'three'] as const
const password = 'correct horse battery'
const media = 'charged-twice.customer.webm'
const page = '/v1/engagements/T?status=all&limit=2'
let folder: string
let cluster: ReplicatedCluster
let stopBalancer: () => Promise<void>
let publicUrl: string
let instances: readonly Instance[]
let settings: Record<string, string>
/** Speaks to HAProxy, and believes its certificate. */
const agent = new Agent({ connect: { ca: selfSigned.cert } })

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-instances-'))
  cluster = await startReplicatedCluster()
  const port = await freePort()
  publicUrl = `https://127.0.0.1:${port}`
  settings = {
    ...(await documentedSettings()),
    DATABASE_URL: cluster.url,
    PUBLIC_URL: publicUrl,
    TRUSTED_PROXY: '127.0.0.1',
    HOST: '127.0.0.1',
    PORT: '0',
  }
  await mkdir(path.join(folder, 'shared'))
  // At once, over a database without a table.
  instances = await Promise.all(names.map(startInstance))
  stopBalancer = await startBalancer(
    folder,
    port,
    instances.map(({ origin }) => new URL(origin)),
  )
  for (const [email, role] of [
    ['ana@x.example', 'supervisor'],
    ['ben@x.example', 'supervisor'],
    ['admin@x.example', 'admin'],
  ] as const)
    await command(['user', 'add', '--tenant', 'T', '--email', email, '--role', role], `${password}\n`)
  await importRows([0, 1, 2].map(row))
}, 120_000)

afterAll(async () => {
  await stopBalancer?.()
  try {
    for (const { hindsight } of instances ?? []) await hindsight.end()
  } finally {
    await agent.close()
    await cluster?.end()
    await rm(folder, { recursive: true, force: true })
  }
})

/** As the README has them, so that one which there is no more stops the start. */
async function documentedSettings(): Promise<Record<string, string>> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8')
  const block = /^### Several instances.*?^```sh\n(.*?)^```/ms.exec(readme)?.[1] ?? ''
  return Object.fromEntries(block.matchAll(/^([A-Z_]+)=(.*)$/gm).map(([, name, value]) => [name, value]))
}

async function startInstance(name: string): Promise<Instance> {
  const dataDir = path.join(folder, name)
  await mkdir(dataDir)
  await symlink(path.join(folder, 'shared'), path.join(dataDir, 'recordings'))
  const hindsight = hindsightProcesses(dataDir)
  const port = await freePort()
  const env = { ...settings, DATA_DIR: dataDir, PORT: String(port) }
  const start = async () => {
    const started = hindsight.start(['serve'], env)
    await untilReady(started)
    return started
  }
  let server = await start()
  return {
    origin: `http://127.0.0.1:${port}`,
    hindsight,
    env,
    answered: () => server.printed.err.match(/"status":/g)?.length ?? 0,
    async kill() {
      server.child.kill('SIGKILL')
      await server.ended
    },
    async startAgain() {
      server = await start()
    },
  }
}

/** On the machine of an instance. */
async function command(args: readonly string[], input = ''): Promise<void> {
  const [one] = instances
  const ended = await one?.hindsight.run(args, { env: one.env, input })
  if (ended?.code !== 0) throw new Error(`${args.join(' ')}: ${ended?.out}${ended?.err}`)
}

const row = (n: number) => ({
  id: `call-${n}`,
  status: 'successful',
  startDate: new Date(Date.UTC(2026, 10, 1, 8, n)).toISOString(),
  users: [{ email: 'ana@x.example' }],
  ...(n === 0 && { recordings: [{ uri: media, contents: 'AUDIO' }] }),
})

async function importRows(rows: readonly object[]): Promise<void> {
  const file = path.join(folder, 'rows.ndjson')
  await writeFile(file, rows.map((each) => `${JSON.stringify(each)}\n`).join(''))
  await command(['import', file, '--tenant', 'T', '--recordings', path.dirname(conversationFile(media))])
  await cluster.caughtUp()
}

/** Asks one instance, or whichever HAProxy chooses. */
function ask(place: string, init: RequestInit = {}, origin = publicUrl) {
  return fetch(`${origin}${place}`, { dispatcher: agent, ...init })
}

const askEach = <T>(each: (origin: string) => Promise<T>) =>
  Promise.all(instances.map(({ origin }) => each(origin)))

function signIn(email: string, secret: string, origin?: string) {
  const headers = { 'content-type': 'application/json', origin: publicUrl }
  const body = JSON.stringify({ tenant: 'T', email, password: secret })
  return ask('/session', { method: 'POST', headers, body }, origin)
}

async function session(email: string, origin?: string): Promise<{ cookie: string }> {
  const [cookie = ''] = (await signIn(email, password, origin)).headers.getSetCookie()[0]?.split(';') ?? []
  expect(cookie).toMatch(/^__Host-/)
  return { cookie }
}

it('shows a session of one of them its page from each, behind HAProxy in turns', async () => {
  const [one] = instances
  const headers = await session('ana@x.example', one?.origin)
  const pages = await askEach(async (origin) => (await ask(page, { headers }, origin)).json())
  expect(pages[0]).toMatchObject({ hasMore: true, engagements: [{ id: 'call-2' }, { id: 'call-1' }] })
  expect(pages).toEqual([pages[0], pages[0], pages[0]])

  const before = instances.map(({ answered }) => answered())
  for (let n = 0; n < 6; n++) expect((await ask(page, { headers })).status).toBe(200)
  for (const [index, { answered }] of instances.entries())
    await expect.poll(answered, { timeout: 5000 }).toBeGreaterThan(before[index] ?? 0)
})

it('knows a page again that another of them gave, until something changes', async () => {
  const headers = await session('ana@x.example')
  const { headers: first } = await ask(page, { headers })
  const etag = String(first.get('etag'))
  const poll = (origin: string) => ask(page, { headers: { ...headers, 'if-none-match': etag } }, origin)
  expect((await askEach(poll)).map(({ status }) => status)).toEqual([304, 304, 304])
  await importRows([row(3)])
  const changed = await askEach(poll)
  expect(changed.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(new Set(changed.map((answer) => answer.headers.get('etag'))).size).toBe(1)
})

it('limits failed sign-ins in all of them together', async () => {
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await signIn('ben@x.example', 'wrong')).status)
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  const refused = await askEach((origin) => signIn('ben@x.example', password, origin))
  expect(refused.map(({ status }) => status)).toEqual([429, 429, 429])
})

it('tells in one audit what each of them was asked', async () => {
  const headers = await session('admin@x.example')
  await askEach((origin) => ask('/v1/engagements/T/call-1', { headers }, origin))
  const reads = async () => {
    const { events } = (await (await ask('/v1/audit/T?limit=1000', { headers })).json()) as {
      events: readonly { action: string; user?: string; target?: string; times?: number }[]
    }
    return events
      .filter(({ action, user }) => action === 'read' && user === 'admin@x.example')
      .reduce((all, { times = 1 }) => all + times, 0)
  }
  await expect.poll(reads, { timeout: 5000 }).toBe(3)
})

it('plays a recording from the one folder', async () => {
  const headers = await session('ana@x.example')
  const bytes = await readFile(conversationFile(media))
  const found = (await (await ask('/v1/engagements/T/call-0', { headers })).json()) as {
    recordings: readonly { uri: string }[]
  }
  const place = found.recordings[0]?.uri ?? ''
  const parts = await askEach(async (origin) => {
    const answer = await ask(place, { headers: { ...headers, range: 'bytes=1000-1999' } }, origin)
    return Buffer.from(await answer.arrayBuffer())
  })
  for (const part of parts) expect(part.equals(bytes.subarray(1000, 2000))).toBe(true)
  expect(Buffer.from(await (await ask(place, { headers })).arrayBuffer()).equals(bytes)).toBe(true)
})

it('ends access in all of them', async () => {
  const headers = await session('ana@x.example')
  await command(['user', 'disable', '--tenant', 'T', '--email', 'ana@x.example'])
  const statuses = () => askEach(async (origin) => (await ask(page, { headers }, origin)).status)
  await expect.poll(statuses, { timeout: 5000 }).toEqual([401, 401, 401])
})

it('goes on while one of them is killed, and takes it back', async () => {
  const headers = await session('admin@x.example')
  const [, two] = instances
  const statuses = new Set<number>()
  const load = async () => {
    for (let n = 0; n < 40; n++) statuses.add((await ask(page, { headers })).status)
  }
  const lanes = [load(), load(), load()]
  await ask(page, { headers })
  await two?.kill()
  await Promise.all(lanes)
  expect([...statuses]).toEqual([200])

  await two?.startAgain()
  const returned = async () => {
    await ask(page, { headers })
    return two?.answered()
  }
  await expect.poll(returned, { timeout: 5000 }).toBeGreaterThan(0)
})

it('says in its own words that the database is gone, when HAProxy takes none of them for ready', async () => {
  const headers = await session('admin@x.example')
  await Promise.all([cluster.primary.kill(), cluster.replica.kill()])
  // Two looks of HAProxy's, a second apart, and one more.
  const enoughMs = performance.now() + 3500
  while (performance.now() < enoughMs) {
    const answer = await ask(page, { headers })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.text()).toContain('database')
  }
  await Promise.all([cluster.primary.start(), cluster.replica.start()])
  const status = async () => (await ask(page, { headers })).status
  await expect.poll(status, { timeout: 5000 }).toBe(200)
})
