import { randomBytes } from 'node:crypto'
import { access, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import type { AuditListV1 } from '../../contract/model/audit.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { openDatabase } from '../store/engine/sqlite/open-database.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const password = 'correct horse battery'
const secretReason = 'the customer spoke of an illness'
let server: RunningServer
let admin: { authorization: string }
let recording: HeldRecording

beforeEach(async () => {
  server = await startServer()
  admin = await server.bearer('T', 'admin')
  const file = path.join(server.folder, 'a.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(1000)]))
  const held = await server.media.takeIn('T', 'a/1', 'a.webm', file)
  recording = held
  const engagement = (id: string, users: string[], reason?: string) => ({
    startDate: '2026-01-05T10:00:00Z',
    id,
    users: users.map((uri) => ({ uri })),
    status: 'successful',
    associateInitiated: false,
    ...(reason !== undefined && { reason }),
  })
  await server.store.writer.write('T', [
    { engagement: engagement('a/1', ['Zoe@customer.example', 'ana@x.example'], secretReason), held: [held] },
    { engagement: engagement('b', ['ana@x.example', 'ben@customer.example']), held: [] },
  ])
  await server.store.writer.write('Other', [{ engagement: engagement('a/1', ['zoe@x.example']), held: [] }])
})
afterEach(() => server.stop())

async function remove(id: string, headers: Record<string, string> = admin, tenant = 'T') {
  const address = `${server.origin}/v1/engagements/${tenant}/${encodeURIComponent(id)}`
  const response = await fetch(address, { method: 'DELETE', headers })
  const challenge = response.headers.get('www-authenticate')
  return { status: response.status, challenge, text: await response.text() }
}

async function get(address: string) {
  const response = await fetch(server.origin + address, { headers: admin })
  return { status: response.status, body: await response.json() }
}

it('takes the engagement, its recordings and whoever was in no other with it', async () => {
  const file = server.media.pathOf('T', recording)
  await access(file)
  expect(await remove('a/1')).toEqual({ status: 204, challenge: null, text: '' })
  expect((await get('/v1/engagements/T/a%2F1')).status).toBe(404)
  expect((await get('/v1/engagements/T')).body.engagements.map(({ id }: { id: string }) => id)).toEqual(['b'])
  expect((await get('/v1/engagements/T?user=zoe@customer.example')).body.engagements).toEqual([])
  expect((await get('/v1/engagements/T?user=ana@x.example')).body.engagements).toHaveLength(1)
  expect((await get('/v1/engagements/count/T?startAfter=2026-01-05')).body).toEqual({ count: 1 })
  expect((await get('/v1/users/T')).body.users).toEqual([
    { uri: 'ana@x.example' },
    { uri: 'ben@customer.example' },
  ])
  expect((await get(`/v1/recordings/T/${recording.id}`)).status).toBe(404)
  await expect(access(file)).rejects.toThrow('ENOENT')
  expect(await server.store.source.engagement('Other', 'a/1')).toContain('"a/1"')
})

it.runIf(inject('engine') === 'embedded')(
  'leaves nothing of it in the database file, but the proof',
  async () => {
    await remove('a/1')
    const { body } = await get('/v1/audit/T')
    expect((body as AuditListV1).events[0]).toMatchObject({
      user: 'someone@x.example',
      action: 'delete',
      target: 'a/1',
      address: '127.0.0.1',
    })
    const file = path.join(server.folder, 'hindsight.db')
    const other = openDatabase(file)
    other.exec('pragma wal_checkpoint(truncate)')
    other.close()
    const bytes = await readFile(file, 'latin1')
    expect(bytes).toContain('ben@customer.example')
    expect(bytes).not.toContain(secretReason)
    expect(bytes).not.toContain('zoe@customer.example')
  },
)

it('takes a file later when it cannot at once, but none that was taken in anew', async () => {
  const { store, media } = server
  const removal = { atMs: Date.now(), subject: undefined, address: '::1' }
  const file = media.pathOf('T', recording)
  const failures: unknown[] = []
  // The process dies after the commit; its successor finds what is left.
  await store.writer.remove('T', 'a/1', removal)
  const remove = async () => {
    throw new Error('read-only')
  }
  const broken = { ...media, remove }
  await removeLeftFiles(store.writer, broken, (error) => failures.push(error))
  await access(file)
  await removeLeftFiles(store.writer, media, (error) => failures.push(error))
  await expect(access(file)).rejects.toThrow('ENOENT')
  expect(failures).toHaveLength(1)
  expect(await store.writer.leftFiles()).toEqual([])

  const source = path.join(server.folder, 'a.webm')
  const held = await media.takeIn('T', 'a/1', 'a.webm', source)
  await store.writer.write('T', [{ engagement: { id: 'a/1', associateInitiated: false }, held: [held] }])
  await store.writer.remove('T', 'a/1', removal)
  await store.writer.write('T', [{ engagement: { id: 'a/1', associateInitiated: false }, held: [held] }])
  await removeLeftFiles(store.writer, media, (error) => failures.push(error))
  await access(file)
})

it('answers 404 the second time, and records one deletion', async () => {
  expect((await remove('a/1')).status).toBe(204)
  expect((await remove('a/1')).status).toBe(404)
  expect((await remove('none')).status).toBe(404)
  const { events } = (await get('/v1/audit/T')).body as AuditListV1
  expect(events.filter(({ action }) => action === 'delete')).toHaveLength(1)
})

it('takes one whose id is as long as an address may be', async () => {
  const id = `${'ü/'.repeat(1500)}end`
  await server.store.writer.write('T', [
    { engagement: { id, status: 'successful', associateInitiated: false }, held: [] },
  ])
  const address = `/v1/engagements/T/${encodeURIComponent(id)}`
  expect(await get(address)).toMatchObject({ status: 200, body: { id } })
  expect((await remove(id)).status).toBe(204)
  expect((await get(address)).status).toBe(404)
})

it('is for admins of the tenant alone', async () => {
  expect((await remove('a/1', {})).status).toBe(401)
  expect(await remove('a/1', await server.bearer('T'))).toMatchObject({
    status: 403,
    challenge: 'Bearer realm="hindsight", error="insufficient_scope"',
  })
  expect((await remove('a/1', await server.bearer('Other', 'admin'))).status).toBe(403)
  expect((await remove('a/1', admin, 'Other')).status).toBe(403)
  expect((await get('/v1/engagements/T/a%2F1')).status).toBe(200)
})

it('takes the page’s session, from the page alone', async () => {
  await server.store.accounts.add({ tenant: 'T', email: 'ana@x.example', role: 'admin', password })
  const { origin } = server
  const signedIn = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ tenant: 'T', email: 'ana@x.example', password }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  expect((await remove('b', { cookie })).status).toBe(403)
  expect((await remove('b', { cookie, origin: 'https://evil.example' })).status).toBe(403)
  expect((await remove('b', { cookie, origin, 'content-type': 'text/plain' })).status).toBe(415)
  expect((await remove('b', { cookie, origin })).status).toBe(204)
})

it('is done although whoever asked has left by then', async () => {
  const { hostname, port } = new URL(server.origin)
  const socket = connect(Number(port), hostname)
  const head = `DELETE /v1/engagements/T/b HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: ${admin.authorization}\r\n\r\n`
  socket.end(head, () => socket.resetAndDestroy())
  await expect.poll(async () => (await get('/v1/engagements/T/b')).status).toBe(404)
  const audit: AuditListV1 = (await get('/v1/audit/T')).body
  expect(audit.events.find(({ action }) => action === 'delete')).toMatchObject({ target: 'b' })
})
