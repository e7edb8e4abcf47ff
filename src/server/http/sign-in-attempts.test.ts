/** Guessing passwords: what is refused, for how long, and who is not held up by it. */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const password = 'correct horse battery'
let server: RunningServer
const started: RunningServer[] = []

async function start(options: Parameters<typeof startServer>[0] = {}) {
  const one = await startServer(options)
  started.push(one)
  for (const email of ['ana@x.example', 'ben@x.example'])
    await one.store.accounts.add({ tenant: 'T', email, role: 'supervisor', password })
  return one
}

async function startBeside() {
  const one = await startServer({ beside: server })
  started.push(one)
  return one
}

beforeEach(async () => {
  server = await start()
})
afterEach(async () => {
  for (const one of started.splice(0).toReversed()) await one.stop()
})

function signIn(email: string, secret: string, headers: Record<string, string> = {}, at = server.origin) {
  return fetch(`${at}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: at, ...headers },
    body: JSON.stringify({ tenant: 'T', email, password: secret }),
  })
}

function askToken(name: string, secret: string) {
  const authorization = `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`
  return fetch(`${server.origin}/v1/auth/T?grant_type=password`, { headers: { authorization } })
}

async function statuses(asked: Iterable<Promise<Response>>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { status } of await Promise.all(asked)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const times = <T>(n: number, make: (index: number) => T) =>
  Array.from({ length: n }, (_, index) => make(index))

it('refuses an account after ten failures, its right password too, and says when to come back', async () => {
  expect(await statuses(times(5, () => signIn('ana@x.example', 'wrong')))).toEqual({ 401: 5 })
  expect(await statuses(times(5, () => askToken('ANA@x.example', 'wrong')))).toEqual({ 401: 5 })
  const refused = await signIn('ana@x.example', password)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('content-type')).toContain('application/problem+json')
  expect(await refused.json()).toMatchObject({ type: 'urn:problem:hindsight:too-many-attempts', status: 429 })
  const seconds = Number(refused.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(20)
  expect(seconds).toBeLessThanOrEqual(30)
  expect((await askToken('ana@x.example', password)).status).toBe(429)
  expect((await signIn('ben@x.example', password)).status).toBe(200)
  server.clock.offsetMs = seconds * 1000
  expect((await signIn('ana@x.example', password)).status).toBe(200)
})

it('refuses an address after thirty failures, whatever the names', { timeout: 30_000 }, async () => {
  const guesses = times(40, (n) => signIn(`u${n}@x.example`, 'wrong'))
  expect(await statuses(guesses)).toEqual({ 401: 30, 429: 10 })
  expect((await signIn('ana@x.example', password)).status).toBe(429)
})

it('lets nobody get further by guessing at once', { timeout: 30_000 }, async () => {
  expect(await statuses(times(25, () => signIn('ana@x.example', 'wrong')))).toEqual({ 401: 10, 429: 15 })
})

it('takes no success for a failure, many at once included', { timeout: 60_000 }, async () => {
  expect(await statuses(times(45, () => signIn('ana@x.example', password)))).toEqual({ 200: 45 })
})

it('counts for all servers over the same data together', { timeout: 60_000 }, async () => {
  const other = await startBeside()
  const guessAt = (n: number) => signIn('ana@x.example', 'wrong', {}, n % 2 ? server.origin : other.origin)
  // Each of them alone would let twelve of these twenty-four through, and refuse two.
  expect(await statuses(times(24, guessAt))).toEqual({ 401: 10, 429: 14 })
  for (const { origin } of [server, other]) {
    const refused = await signIn('ana@x.example', password, {}, origin)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30)
    expect((await signIn('ben@x.example', password, {}, origin)).status).toBe(200)
  }
  const more = (n: number) => signIn(`u${n}@x.example`, 'wrong', {}, n % 2 ? server.origin : other.origin)
  expect(await statuses(times(30, more))).toEqual({ 401: 20, 429: 10 })
  server.clock.offsetMs = 30_000
  expect((await signIn('ana@x.example', password, {}, other.origin)).status).toBe(200)
  const rights = (n: number) => signIn('ben@x.example', password, {}, n % 2 ? server.origin : other.origin)
  server.clock.offsetMs = 330_000
  expect(await statuses(times(24, rights))).toEqual({ 200: 24 })
})

it('goes on with the limit of each server while the database cannot count', async () => {
  const database = new DatabaseSync(path.join(server.folder, 'hindsight.db'))
  database.exec('drop table sign_in_failure')
  database.close()
  expect((await signIn('ana@x.example', password)).status).toBe(200)
  expect(await statuses(times(12, () => signIn('ana@x.example', 'wrong')))).toEqual({ 401: 10, 429: 2 })
  expect(server.log.text).toContain('counted alone')
})

it('believes X-Forwarded-For from nobody, unless a trusted proxy sends it', { timeout: 60_000 }, async () => {
  const guess = (at: string) => (n: number) =>
    signIn(`u${n}@x.example`, 'wrong', { 'x-forwarded-for': `198.51.100.${n}` }, at)
  expect(await statuses(times(40, guess(server.origin)))).toEqual({ 401: 30, 429: 10 })
  const behindProxy = await start({ trustedProxies: ['127.0.0.1'] })
  expect(await statuses(times(40, guess(behindProxy.origin)))).toEqual({ 401: 40 })
  // What the client itself put before the proxy's own entry is no address of anybody.
  const forged = (n: number) => ({ 'x-forwarded-for': `192.0.2.${n}, 203.0.113.9` })
  const guesses = times(40, (n) => signIn(`v${n}@x.example`, 'wrong', forged(n), behindProxy.origin))
  expect(await statuses(guesses)).toEqual({ 401: 30, 429: 10 })
})
