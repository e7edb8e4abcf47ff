/** `hindsight serve` with two workers, as an operator runs it. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pathOf, routes } from '../../contract/routes.ts'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { conversationFile } from '../demo/conversations.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { openStore } from '../store/open-store.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { anyRuns, childrenOf } from '../test-support/process-table.ts'
import { rawRequest } from '../test-support/raw-request.ts'

const secret = 'a secret for tests, longer than 32 characters'
const env = { WORKERS: '2', DEMO: 'off', SESSION_SECRET: secret }
const media = 'charged-twice.customer.webm'
const tokens = createAccessTokens(secret, { has: () => false })
const list = pathOf(routes.engagements, { tenant: 'T' }, [['limit', '100']])
let folder: string
let hindsight: HindsightProcesses
let server: ReturnType<HindsightProcesses['start']>
let origin: string
let recordingId: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-workers-'))
  const store = await openStore({ dataDir: folder })
  const held = await openMediaFolder(folder).takeIn('T', 'call-0', media, conversationFile(media))
  recordingId = held.id
  await store.writer.write(
    'T',
    Array.from({ length: 5 }, (_, n) => ({
      engagement: { id: `call-${n}`, status: 'successful', associateInitiated: false },
      held: n === 0 ? [held] : [],
    })),
  )
  await store.close()
  hindsight = hindsightProcesses(folder, env)
  server = hindsight.start(['serve'])
  origin = await untilReady(server)
}, 60_000)
afterAll(async () => {
  await hindsight?.end()
  await rm(folder, { recursive: true, force: true })
})

const workersOf = ({ child }: typeof server) => childrenOf(child.pid ?? 0)

let asked = 0
/** Over a connection of its own, which any of the workers may take. */
async function ask(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  asked++
  const token = await tokens.issue({ tenant: 'T', subject: 'admin@x.example', role: 'admin' })
  const common = { connection: 'close', authorization: `Bearer ${token}` }
  return rawRequest(origin + address, { ...common, ...headers }, method)
}

const logged = (of = server) => {
  const { err } = of.printed
  const whole = err.slice(0, err.lastIndexOf('\n') + 1).split('\n')
  return whole.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
}
const loggedRequests = (of = server) => logged(of).filter(({ request }) => request !== undefined)

/** Lines are gathered for up to a second. */
const untilAllAreLogged = () =>
  expect.poll(() => loggedRequests().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(asked)

type Answer = Awaited<ReturnType<typeof rawRequest>>

/** Asks some at a time, until each of the workers has answered. @param first is done before @returns all answers */
async function untilEachAnswered(
  one: () => Promise<Answer>,
  first: () => Promise<unknown> = async () => {},
): Promise<readonly Answer[]> {
  await untilAllAreLogged()
  const before = loggedRequests().length
  await first()
  const answers: Answer[] = []
  const whoAnswered = async () => {
    answers.push(...(await Promise.all(Array.from({ length: 8 }, one))))
    const since = loggedRequests().slice(before)
    return new Set(since.flatMap(({ pid, request }) => (request.method === 'GET' ? [pid] : [])))
  }
  await expect.poll(whoAnswered, { timeout: 15_000, interval: 100 }).toEqual(new Set(workersOf(server)))
  return answers
}

/** @returns what answers have in common, where they are all the same */
function inCommon(answers: readonly Answer[]) {
  const [first = '', ...others] = new Set(
    answers.map(({ status, headers: { etag }, body }) =>
      JSON.stringify({ status, etag, body: String(body) }),
    ),
  )
  expect(others).toEqual([])
  return JSON.parse(first)
}

it('answers from two processes at one address', async () => {
  expect(workersOf(server)).toHaveLength(2)
  const { status, body } = inCommon(await untilEachAnswered(() => ask(list)))
  expect(status).toBe(200)
  expect(JSON.parse(body).engagements).toHaveLength(5)
})

it('shows from each what was changed through one of them, at once', async () => {
  const { etag = '' } = (await ask(list)).headers
  const known = { 'if-none-match': etag }
  expect(inCommon(await untilEachAnswered(() => ask(list, known)))).toMatchObject({ status: 304 })
  const remove = async () => expect((await ask('/v1/engagements/T/call-4', {}, 'DELETE')).status).toBe(204)
  const changed = inCommon(await untilEachAnswered(() => ask(list, known), remove))
  expect(changed.status).toBe(200)
  expect(changed.body).not.toContain('call-4')
})

it('keeps one record of a play whose bytes come from both', async () => {
  const recording = pathOf(routes.recording, { tenant: 'T', recordingId })
  expect((await ask(recording)).status).toBe(200)
  const later = await untilEachAnswered(() => ask(recording, { range: 'bytes=100-199' }))
  expect(inCommon(later).status).toBe(206)
  const plays = async () => {
    const { events } = JSON.parse(String((await ask('/v1/audit/T?limit=1000')).body))
    return events.flatMap(({ action, times = 1 }: { action: string; times?: number }) =>
      action === 'play' ? [times] : [],
    )
  }
  await expect.poll(plays, { timeout: 5000 }).toEqual([1])
})

it('measures a recording in whichever is asked', async () => {
  const peaks = pathOf(routes.peaks, { tenant: 'T', recordingId })
  expect(inCommon(await untilEachAnswered(() => ask(peaks))).status).toBe(200)
})

it('cannot be started twice on a port, and says so as a server of one process does', async () => {
  const start = (workers: string) =>
    hindsight.run(['serve'], { env: { WORKERS: workers, PORT: new URL(origin).port } })
  const words = (err: string) => err.split('\n').filter((line) => !line.startsWith('{'))
  const [two, one] = await Promise.all([start('2'), start('1')])
  expect({ ...two, err: words(two.err) }).toEqual({ ...one, err: words(one.err) })
  expect(two.code).toBe(1)
  expect(two.err).toContain('EADDRINUSE')
}, 40_000)

it('limits failed sign-ins in all together, where there is no database to count them', async () => {
  const front = hindsight.start(['serve'], {
    UPSTREAM_URL: origin,
    DATA_DIR: path.join(folder, 'front'),
  })
  const place = `${await untilReady(front)}/session`
  const body = JSON.stringify({ tenant: 'T', email: 'ben@x.example', password: 'wrong password' })
  const headers = { connection: 'close', origin: new URL(place).origin, 'content-type': 'application/json' }
  const signIn = () => rawRequest(place, headers, 'POST', body)
  const failed = await Promise.all(Array.from({ length: 10 }, signIn))
  expect(failed.map(({ status }) => status)).toEqual(Array(10).fill(401))
  const later: (number | undefined)[] = []
  const whoAnswered = async () => {
    later.push((await signIn()).status)
    return new Set(loggedRequests(front).flatMap(({ pid, request }) => (request.status === 401 ? [] : [pid])))
  }
  await expect.poll(whoAnswered, { timeout: 15_000 }).toEqual(new Set(workersOf(front)))
  expect(new Set(later)).toEqual(new Set([429]))
  front.child.kill('SIGTERM')
  expect((await front.ended).code).toBe(0)
}, 40_000)

it('starts another worker for one that is killed, and answers every request meanwhile', async () => {
  await untilAllAreLogged()
  const [killed = 0, other] = workersOf(server)
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => anyRuns([killed])).toBe(false)
  for (let n = 0; n < 30; n++) expect((await ask(list)).status).toBe(200)
  const others = () => workersOf(server).filter((pid) => pid !== killed)
  await expect.poll(() => others().length, { timeout: 10_000 }).toBe(2)
  expect(others()).toContain(other)
  expect(inCommon(await untilEachAnswered(() => ask(list))).status).toBe(200)
  const told = logged().filter(({ msg }) => msg?.startsWith('a worker ended'))
  expect(told).toMatchObject([{ worker: killed, signal: 'SIGKILL', pid: server.child.pid }])
})

it('answers what is in flight on SIGTERM, ends with 0, and leaves no process', async () => {
  const workers = workersOf(server)
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const body = JSON.stringify({ tenant: 'T', email: 'a@x.example', password: 'wrong password' })
  socket.write(
    `POST /session HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
  )
  // By then the head has been read by whichever worker has the connection.
  await untilEachAnswered(() => ask(list))
  server.child.kill('SIGTERM')
  while (!server.printed.err.includes('stopping')) await once(server.child.stderr, 'data')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  socket.write(body.slice(9))
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  const { code, out } = await server.ended
  expect(code).toBe(0)
  // Whoever started since then said nothing more.
  expect(out).toMatch(/^Hindsight [^\n]* ready[^\n]*: http:\S+\n$/)
  expect(anyRuns(workers)).toBe(false)
  expect(logged().at(-1)).toMatchObject({ msg: 'stopped: every worker has ended' })
})

it('leaves no worker when the process that started them is killed', async () => {
  const again = hindsight.start(['serve'])
  await untilReady(again)
  const workers = workersOf(again)
  expect(workers).toHaveLength(2)
  again.child.kill('SIGKILL')
  await expect.poll(() => anyRuns(workers), { timeout: 10_000 }).toBe(false)
}, 40_000)
