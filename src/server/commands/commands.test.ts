/** The commands as an operator runs them: real processes. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'

let folder: string
let hindsight: HindsightProcesses

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  hindsight = hindsightProcesses(folder)
})
afterEach(async () => {
  await hindsight.end()
  await rm(folder, { recursive: true, force: true })
})

const start: HindsightProcesses['start'] = (...given) => hindsight.start(...given)
const run: HindsightProcesses['run'] = (...given) => hindsight.run(...given)

it('says how it is used, and what it does not know', async () => {
  expect(await run([])).toMatchObject({ code: 2, err: expect.stringContaining('Usage') })
  expect(await run(['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('Unknown command fly') })
  expect(await run(['serve', 'now'])).toMatchObject({ code: 2, err: expect.stringContaining('now') })
  expect(await run(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('import FILE') })
})

it('stops at nonsense in the environment, naming it', async () => {
  const { code, err } = await run(['serve'], { env: { PORT: 'http', DEMO: 'maybe' } })
  expect(code).toBe(2)
  expect(err).toMatch(/PORT is "http".*\n.*DEMO is "maybe"/)
})

it('adds a user, whose password comes from standard input', async () => {
  const add = ['user', 'add', '--tenant', 'T', '--email', 'Ana@x.example', '--role', 'admin']
  expect(await run(add, { input: 'correct horse\n' })).toMatchObject({
    code: 0,
    out: 'Added Ana@x.example as admin of T\n',
  })
  expect(await run(add, { input: 'correct horse\n' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('already'),
  })
  const store = await openStore({ dataDir: folder })
  expect(await store.accounts.verify('T', 'ana@X.example', 'correct horse')).toMatchObject({ role: 'admin' })
  await store.close()
})

it('makes one database of several that start at once', async () => {
  const starts = ['a', 'b', 'c', 'd'].map((name) => {
    const add = ['user', 'add', '--tenant', 'T', '--email', `${name}@x.example`, '--role', 'admin']
    return run(add, { input: 'correct horse\n' })
  })
  for (const ended of await Promise.all(starts)) expect(ended).toMatchObject({ code: 0, err: '' })
})

it.each([
  [['user'], 'needs a verb'],
  [['user', 'remove'], 'Unknown verb remove'],
  [['user', 'list'], '--tenant'],
  [['user', 'disable', '--tenant', 'T'], '--email'],
  [['user', 'password', '--tenant', 'T', '--email', 'a@x.example'], 'password'],
  [['client'], 'needs a verb'],
  [['client', 'add', '--tenant', 'count', '--id', 'crm'], '--tenant'],
  [['client', 'add', '--tenant', 'export', '--id', 'crm'], '--tenant'],
  [['client', 'add', '--tenant', 'T', '--id', 'c:rm'], '--id'],
  [['user', 'add', '--email', 'a@x.example', '--role', 'admin'], '--tenant'],
  [['user', 'add', '--tenant', 'T', '--email', 'nobody', '--role', 'admin'], '--email'],
  [['user', 'add', '--tenant', 'T', '--email', 'a@x.example', '--role', 'boss'], '--role'],
  [['user', 'add', '--tenant', 'T', '--email', 'a@x.example', '--role', 'admin', '--force'], '--force'],
  [['user', 'add', '--tenant', 'T', '--email', 'a@x.example', '--role', 'admin'], 'password'],
])('refuses %j', async (args, why) => {
  const { code, err } = await run(args, { input: 'short\n' })
  expect(code).toBe(2)
  expect(err).toContain(why)
})

it('serves, logs JSON, answers what is in flight on SIGTERM, and ends with 0', async () => {
  const server = start(['serve'], { DEMO: 'off' })
  const origin = await untilReady(server)
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  // A request whose body is still on its way when the signal comes.
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const body = JSON.stringify({ tenant: 'T', email: 'a@x.example', password: 'wrong password' })
  socket.write(
    `POST /session HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
  )
  // Another answer on another connection: by then the first request's head has been read.
  await fetch(`${origin}/livez`)
  server.child.kill('SIGTERM')
  while (!server.printed.err.includes('stopping')) await once(server.child.stderr, 'data')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  socket.write(body.slice(9))
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  const { code, err } = await server.ended
  expect(code).toBe(0)
  const lines = err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.some(({ request }) => request?.path === '/session' && request.status === 401)).toBe(true)
  expect(lines.at(-1)).toMatchObject({ msg: 'stopped: everything is closed' })
  await expect(fetch(`${origin}/livez`)).rejects.toThrow()
})

it('says in words that the port is taken', async () => {
  const first = start(['serve'], { DEMO: 'off' })
  const { port } = new URL(await untilReady(first))
  const { code, err } = await run(['serve'], { env: { DEMO: 'off', PORT: port } })
  expect(code).toBe(1)
  expect(err).toContain('EADDRINUSE')
  expect(err).not.toContain('    at ')
})
