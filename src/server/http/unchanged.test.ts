/** Polling: what did not change is not sent again, nor read. */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { rawRequest } from '../test-support/raw-request.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const list = '/v1/engagements/T'
const one = '/v1/engagements/T/a'
let server: RunningServer
let bearer: { authorization: string }

beforeEach(async () => {
  server = await startServer()
  bearer = await server.bearer('T')
  await server.store.writer.write('T', [call('a'), call('b')])
})
afterEach(() => server.stop())

function call(id: string, duration = 1) {
  return { engagement: { id, duration, status: 'successful', associateInitiated: false }, held: [] }
}

const ask = (address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  rawRequest(server.origin + address, { ...bearer, ...headers }, method)

async function tagOf(address: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { etag = '' } = (await ask(address, headers)).headers
  expect(etag).toMatch(/^W\/"[a-z0-9]+-[a-z0-9]+"$/)
  return etag
}

/** Whether a caller who has the answer of this tag is told that it is the same. */
async function unchanged(address: string, etag: string): Promise<boolean> {
  const { status } = await ask(address, { 'if-none-match': etag })
  expect([200, 304]).toContain(status)
  return status === 304
}

it.each([list, one, '/v1/users/T'])('%s is not sent again while nothing changed', async (address) => {
  const etag = await tagOf(address)
  for (const method of ['GET', 'HEAD']) {
    const { status, headers, body } = await ask(address, { 'if-none-match': etag }, method)
    expect({ status, bytes: body.length }).toEqual({ status: 304, bytes: 0 })
    expect(headers).toMatchObject({
      etag,
      'cache-control': 'private, no-cache',
      vary: 'Accept, Accept-Encoding, Authorization, Cookie',
    })
    expect([headers['content-type'], headers['content-length']]).toEqual([undefined, undefined])
  }
})

it('does not read the page to know that it is the same', async () => {
  const etag = await tagOf(list)
  const page = vi.spyOn(server.store.source, 'page')
  expect(await unchanged(list, etag)).toBe(true)
  expect(page).not.toHaveBeenCalled()
  expect(await unchanged(list, 'W/"other"')).toBe(false)
  expect(page).toHaveBeenCalledOnce()
})

it.each([
  ['a new engagement', () => server.store.writer.write('T', [call('c')]), false],
  ['a changed one', () => server.store.writer.write('T', [call('a', 2)]), false],
  ['the same ones again', () => server.store.writer.write('T', [call('a'), call('b')]), true],
  ['another tenant’s', () => server.store.writer.write('Other', [call('a')]), true],
  ['an import beside the server', () => writeFromOutside(), false],
  ['a deletion', () => deleteFromOutside(), false],
])('knows of %s', async (_, change, same) => {
  const tags = await Promise.all([list, one].map((address) => tagOf(address)))
  await change()
  expect(await Promise.all([unchanged(list, tags[0] ?? ''), unchanged(one, tags[1] ?? '')])).toEqual([
    same,
    same,
  ])
})

async function writeFromOutside(): Promise<void> {
  const other = await openStore({ dataDir: server.folder })
  await other.writer.write('T', [call('c')])
  await other.close()
}

function deleteFromOutside(): void {
  const database = new DatabaseSync(path.join(server.folder, 'hindsight.db'))
  database.exec(`delete from engagement where key = (select key from document where doc ->> 'id' = 'b')`)
  database.close()
}

it('gives every change another mark, however fast they come', async () => {
  const tags = new Set<string>()
  for (let n = 2; n < 50; n++) {
    await server.store.writer.write('T', [call('a', n)])
    tags.add(await tagOf(list))
  }
  expect(tags.size).toBe(48)
})

it('takes no representation and no address for another', async () => {
  const etag = await tagOf(list)
  expect(await unchanged(`${list}?limit=1`, etag)).toBe(false)
  const { status } = await ask(list, { accept: 'application/xml', 'if-none-match': etag })
  expect(status).toBe(200)
  expect(await tagOf(list, { accept: 'text/xml' })).not.toBe(await tagOf(list, { accept: 'application/xml' }))
})

it('takes the mark of a compressed answer for the same', async () => {
  await server.store.writer.write(
    'T',
    Array.from({ length: 20 }, (_, n) => call(`row ${n}`)),
  )
  const address = `${list}?limit=100`
  expect(await unchanged(address, await tagOf(address, { 'accept-encoding': 'br' }))).toBe(true)
})

it.each([
  ['a list of marks', async () => `"x", ${await tagOf(one)}`, 304],
  ['any', async () => '*', 304],
  ['an old one', async () => 'W/"0-0"', 200],
])('takes %s', async (_, header, expected) => {
  expect((await ask(one, { 'if-none-match': await header() })).status).toBe(expected)
})

it('marks no problem', async () => {
  const gone = await ask('/v1/engagements/T/none', { 'if-none-match': '*' })
  expect({ status: gone.status, etag: gone.headers.etag }).toEqual({ status: 404, etag: undefined })
})
