/** What the audit keeps of what people do, and what it never holds. */
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AuditListV1 } from '../../contract/model/audit.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const password = 'correct horse battery'
let server: RunningServer
let admin: { authorization: string }

beforeEach(async () => {
  server = await startServer()
  await server.store.accounts.add({ tenant: 'T', email: 'ana@x.example', role: 'admin', password })
  await server.store.accounts.addClient('T', 'crm', 'crm-secret')
  admin = await server.bearer('T', 'admin')
})
afterEach(() => server.stop())

async function audit(search = '', headers = admin) {
  const response = await fetch(`${server.origin}/v1/audit/T${search}`, { headers })
  return { status: response.status, body: (await response.json()) as AuditListV1 }
}

/** Oldest first, as `who action target`. */
async function told(): Promise<string[]> {
  const { body } = await audit()
  return body.events
    .map(({ user, action, target }) => [user ?? '?', action, target].join(' ').trim())
    .reverse()
}

function get(address: string, headers: Record<string, string> = admin) {
  return fetch(server.origin + address, { headers }).then((response) => response.text())
}

function signIn(body: object) {
  return fetch(`${server.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin },
    body: JSON.stringify(body),
  })
}

it('has who signed in, who failed to, and who signed out, from where and when', async () => {
  const before = Date.now()
  await signIn({ tenant: 'T', email: 'ana@x.example', password: 'wrong guess' })
  await signIn({ tenant: 'T', email: password, password: 'x' })
  const signedIn = await signIn({ tenant: 'T', email: 'Ana@x.example', password })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  await fetch(`${server.origin}/session`, { method: 'DELETE', headers: { origin: server.origin, cookie } })
  expect(await told()).toEqual([
    'ana@x.example sign-in-failed',
    '? sign-in-failed',
    'ana@x.example sign-in',
    'ana@x.example sign-out',
  ])
  const { body } = await audit()
  expect(body.hasMore).toBe(false)
  for (const { date, address } of body.events) {
    expect(address).toBe('127.0.0.1')
    expect(Date.parse(date)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(date)).toBeLessThanOrEqual(Date.now())
  }
})

it('has tokens issued and refused, to users and to programs', async () => {
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
  const program = '/v1/auth/T?grant_type=client_credentials'
  await get(program, basic('crm:crm-secret'))
  await get(program, basic('crm:wrong'))
  await get(program, basic(`${password}:crm`))
  const credentials = encodeURIComponent(Buffer.from('crm:crm-secret').toString('base64'))
  await get(`/v1/auth/T?grant_type=password&credentials=${credentials}`, basic(`ANA@x.example:${password}`))
  await get('/v1/auth/T?grant_type=password', basic('ana@x.example:wrong'))
  expect(await told()).toEqual([
    'crm token',
    'crm token-refused',
    '? token-refused',
    'ana@x.example token',
    'ana@x.example token-refused',
  ])
})

it('has attempts that were refused unchecked, with their name where it was its own limit', {
  timeout: 30_000,
}, async () => {
  const guess = (email: string) => signIn({ tenant: 'T', email, password: 'wrong guess' })
  const token = (name: string) => ({ authorization: `Basic ${Buffer.from(`${name}:x`).toString('base64')}` })
  for (let n = 0; n < 12; n++) await guess('ana@x.example')
  await get('/v1/auth/T?grant_type=password', token('ana@x.example'))
  // Twenty more are what the address may, and one for each ten seconds that checking them took.
  let others = 0
  while ((await guess(`u${others}@x.example`)).status !== 429) others++
  expect(others).toBeGreaterThanOrEqual(20)
  // From here on the address is refused, whatever the name, and the right password as well.
  const before = Date.now()
  for (let n = 0; n < 50; n++) expect((await guess(`v${n}@x.example`)).status).toBe(429)
  for (let n = 0; n < 50; n++) await get('/v1/auth/T?grant_type=password', token(`w${n}@x.example`))
  await signIn({ tenant: 'T', email: 'ana@x.example', password })
  const secondsPassed = Math.ceil((Date.now() - before) / 1000) + 1

  const { events } = (await audit('?limit=1000')).body
  const times = (user: string | undefined, wanted: string) =>
    events
      .filter((event) => event.user === user && event.action === wanted)
      .reduce((sum, { times: often = 1 }) => sum + often, 0)
  expect(times('ana@x.example', 'sign-in-failed')).toBe(12)
  expect(times('ana@x.example', 'token-refused')).toBe(1)
  expect(times('u19@x.example', 'sign-in-failed')).toBe(1)
  expect([times(undefined, 'sign-in-failed'), times(undefined, 'token-refused')]).toEqual([52, 50])
  expect(events.some(({ user }) => /^[vw]/.test(user ?? ''))).toBe(false)
  expect(events.some(({ action }) => action === 'sign-in')).toBe(false)
  // One in each second, and one more for each time that what is done becomes something else in the middle of one (twice).
  expect(events.filter(({ user }) => user === undefined).length).toBeLessThanOrEqual(secondsPassed + 2)
})

it('has what was listed, counted and read, and not what was refused', async () => {
  await server.store.writer.write('T', [{ engagement: { id: 'a/1', associateInitiated: false }, held: [] }])
  await get('/v1/engagements/T')
  await get('/v1/engagements/T?status=all&user=bob%40x.example')
  await get('/v1/engagements/count/T?status=all')
  await get('/v1/engagements/T/a%2F1')
  await get('/v1/engagements/T/none')
  await get('/v1/engagements/T?password=hunter2')
  await get('/v1/engagements/Other')
  expect(await told()).toEqual([
    'someone@x.example list',
    'someone@x.example list status=all&user=bob%40x.example',
    'someone@x.example count status=all',
    'someone@x.example read a/1',
  ])
})

it('has one record for a play, however many ranges it takes', async () => {
  const file = path.join(server.folder, 'a.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(1000)]))
  const first = await server.media.takeIn('T', 'call', 'a.webm', file)
  const second = await server.media.takeIn('T', 'call', 'b.webm', file)
  await server.store.writer.write('T', [
    { engagement: { id: 'call', associateInitiated: false }, held: [first, second] },
  ])
  const play = (id: string, range?: string) =>
    get(`/v1/recordings/T/${id}`, { ...admin, ...(range !== undefined && { range }) })
  await play(first.id, 'bytes=0-')
  await play(first.id, 'bytes=500-')
  await play(first.id, 'bytes=-9')
  await play(first.id, 'bytes=5000-')
  await fetch(`${server.origin}/v1/recordings/T/${first.id}`, { method: 'HEAD', headers: admin })
  await play('none')
  // Later bytes alone are a play too: nothing is had without a record.
  await play(second.id, 'bytes=1-')
  await play(second.id, 'bytes=9-')
  await play(first.id)
  const { events } = (await audit()).body
  expect(events.every(({ action }) => action === 'play')).toBe(true)
  const plays = (id: string) =>
    events.filter(({ target }) => target === id).reduce((sum, { times = 1 }) => sum + times, 0)
  expect([plays(first.id), plays(second.id)]).toEqual([2, 1])
})

it('takes what a page reads to draw it for a part of the play, and never for nothing', async () => {
  const file = path.join(server.folder, 'c.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(1000)]))
  const first = await server.media.takeIn('T', 'drawn', 'c.webm', file)
  const second = await server.media.takeIn('T', 'drawn', 'd.webm', file)
  await server.store.writer.write('T', [
    { engagement: { id: 'drawn', associateInitiated: false }, held: [first, second] },
  ])
  const ask = (id: string, dest: string) =>
    get(`/v1/recordings/T/${id}`, { ...admin, range: 'bytes=0-', 'sec-fetch-dest': dest })
  for (const dest of ['audio', 'empty', 'empty', 'video']) await ask(first.id, dest)
  for (const dest of ['empty', 'empty']) await ask(second.id, dest)
  const { events } = (await audit()).body
  const plays = (id: string) =>
    events.filter(({ target }) => target === id).reduce((sum, { times = 1 }) => sum + times, 0)
  expect([plays(first.id), plays(second.id)]).toEqual([2, 1])
})

it('has one event with a number for what is asked again within a second, read meanwhile or not', async () => {
  const asked = 40
  for (let n = 0; n < asked; n++) {
    await get('/v1/engagements/T?limit=5')
    if (n % 8 === 0) await audit()
  }
  const { events } = (await audit()).body
  const seconds = events.map(({ date }) => Math.floor(Date.parse(date) / 1000))
  expect(new Set(seconds).size).toBe(events.length)
  expect(events.length).toBeLessThan(asked / 2)
  expect(events.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(asked)
})

it('is paged, newest first, and cut by date', async () => {
  const moment = (n: number) => Date.UTC(2026, 0, n)
  for (let n = 1; n <= 5; n++)
    server.store.audit.record({
      tenant: 'T',
      atMs: moment(n),
      subject: 'bob@x.example',
      action: 'read',
      target: `${n}`,
      address: '127.0.0.1',
    })
  const targets = async (search: string) => {
    const { body } = await audit(search)
    return { ids: body.events.map(({ target }) => target).join(''), hasMore: body.hasMore }
  }
  expect(await targets('?limit=2')).toEqual({ ids: '54', hasMore: true })
  expect(await targets('?limit=2&offset=4')).toEqual({ ids: '1', hasMore: false })
  expect(await targets('?after=2026-01-02&before=2026-01-04')).toEqual({ ids: '432', hasMore: false })
  await server.store.audit.removeBefore(moment(3))
  expect(await targets('')).toEqual({ ids: '543', hasMore: false })
})

it.each(['?limit=0', '?offset=3', '?after=tomorrow', '?after=2026-01-02&before=2026-01-01', '?sort=newest'])(
  'refuses %s',
  async (search) => {
    expect((await audit(search)).status).toBe(400)
  },
)

it('is for admins of the tenant alone', async () => {
  expect((await audit('', await server.bearer('T'))).status).toBe(403)
  expect((await audit('', await server.bearer('Other', 'admin'))).status).toBe(403)
  await signIn({ tenant: 'Nowhere', email: 'ana@x.example', password })
  await server.store.writer.write('Other', [{ engagement: { id: '1', associateInitiated: false }, held: [] }])
  await get('/v1/engagements/Other', await server.bearer('Other'))
  expect(await told()).toEqual([])
})
