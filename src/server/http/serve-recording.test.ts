import { randomBytes } from 'node:crypto'
import { rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

/** The first bytes of a WebM, and noise. */
const bytes = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  randomBytes(1000),
])
const size = bytes.length
let server: RunningServer
let address: string
let recordingId: string
let headers: { authorization: string }

async function takeIn(name: string, contents: Buffer) {
  const file = path.join(server.folder, name)
  await writeFile(file, contents)
  const held = await server.media.takeIn('T', 'call', name, file)
  await server.store.writer.write('T', [
    { engagement: { id: 'call', associateInitiated: false }, held: [held] },
  ])
  return held.id
}

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  recordingId = await takeIn('a.webm', bytes)
  address = `${server.origin}/v1/recordings/T/${recordingId}`
})
afterAll(() => server.stop())

async function get(range?: string, more: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(address, { method, headers: { ...headers, ...(range && { range }), ...more } })
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }
}

it('gives the whole, with type, length, tag and no sniffing', async () => {
  const { status, headers: answer, body } = await get()
  expect(status).toBe(200)
  expect(body.equals(bytes)).toBe(true)
  expect(answer.get('content-type')).toMatch(/^(audio|video)\/webm$/)
  expect(answer.get('content-length')).toBe(String(size))
  expect(answer.get('accept-ranges')).toBe('bytes')
  expect(answer.get('etag')).toMatch(/^"[0-9a-f]{64}"$/)
  expect(answer.get('x-content-type-options')).toBe('nosniff')
})

it.each([
  ['bytes=0-9', 0, 9],
  ['bytes=5-', 5, size - 1],
  ['bytes=-7', size - 7, size - 1],
  [`bytes=-${size * 2}`, 0, size - 1],
  [`bytes=${size - 1}-99999`, size - 1, size - 1],
  ['BYTES=3-3', 3, 3],
])('gives the range %s', async (range, first, last) => {
  const { status, headers: answer, body } = await get(range)
  expect(status).toBe(206)
  expect(answer.get('content-range')).toBe(`bytes ${first}-${last}/${size}`)
  expect(body.equals(bytes.subarray(first, last + 1))).toBe(true)
})

it.each([[`bytes=${size}-`], ['bytes=-0'], ['bytes=99999999999999999999-']])(
  'refuses the range %s',
  async (range) => {
    const { status, headers: answer } = await get(range)
    expect(status).toBe(416)
    expect(answer.get('content-range')).toBe(`bytes */${size}`)
    expect(answer.get('content-type')).toContain('application/problem+json')
  },
)

it.each([['lines=0-1'], ['bytes=9-3'], ['bytes=-'], ['bytes=x-y'], ['bytes=0-1,4-5']])(
  'answers %s with the whole',
  async (range) => {
    const { status, body } = await get(range)
    expect(status).toBe(200)
    expect(body.length).toBe(size)
  },
)

it('answers HEAD like GET without the bytes, and without ranges', async () => {
  const { status, headers: answer, body } = await get('bytes=0-9', {}, 'HEAD')
  expect(status).toBe(200)
  expect(answer.get('content-length')).toBe(String(size))
  expect(body.length).toBe(0)
})

it('answers a known tag with 304, before any range', async () => {
  const etag = (await get()).headers.get('etag') ?? ''
  expect((await get('bytes=0-9', { 'if-none-match': etag })).status).toBe(304)
  expect((await get(undefined, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
  expect((await get(undefined, { 'if-none-match': '"x"' })).status).toBe(200)
  expect((await get('bytes=0-9', { 'if-range': etag })).status).toBe(206)
  expect((await get('bytes=0-9', { 'if-range': '"older"' })).status).toBe(200)
})

it('opens nothing for another tenant, nor without a token', async () => {
  expect((await fetch(address)).status).toBe(401)
  const other = await server.bearer('Other')
  expect((await fetch(address, { headers: other })).status).toBe(403)
  const elsewhere = `${server.origin}/v1/recordings/Other/${recordingId}`
  expect((await fetch(elsewhere, { headers: other })).status).toBe(404)
  expect((await fetch(elsewhere, { headers })).status).toBe(403)
})

it('leaves the folder for no name', async () => {
  for (const name of ['..%2f..%2fhindsight.db', '%2e%2e', '..%5c..', '%00', 'nothing'])
    expect(
      (await fetch(`${server.origin}/v1/recordings/T/${name}`, { headers })).status,
    ).toBeGreaterThanOrEqual(400)
})

it('says in words that the bytes are gone, and serves an empty file', async () => {
  const gone = await takeIn('gone.webm', Buffer.concat([bytes, bytes]))
  await rm(server.media.pathOf('T', gone))
  const missing = await fetch(`${server.origin}/v1/recordings/T/${gone}`, { headers })
  expect(missing.status).toBe(404)
  expect(await missing.text()).not.toContain(server.folder)
  const emptied = await takeIn('empty.webm', Buffer.concat([bytes, bytes, bytes]))
  await truncate(server.media.pathOf('T', emptied), 0)
  const empty = await fetch(`${server.origin}/v1/recordings/T/${emptied}`, { headers })
  expect([empty.status, (await empty.arrayBuffer()).byteLength]).toEqual([200, 0])
})
