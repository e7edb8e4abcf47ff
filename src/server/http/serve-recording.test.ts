import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

/** The first bytes of a WebM, and noise. */
const bytes = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  randomBytes(1000),
])
const size = bytes.length
let server: RunningServer
let address: string
let recording: HeldRecording
let headers: { authorization: string }

async function takeIn(name: string, contents: Buffer, tenant = 'T') {
  const file = path.join(server.folder, name)
  await writeFile(file, contents)
  const held = await server.media.takeIn(tenant, 'call', name, file)
  await server.store.writer.write(tenant, [
    { engagement: { id: 'call', associateInitiated: false }, held: [held] },
  ])
  return held
}

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  recording = await takeIn('a.webm', bytes)
  address = `${server.origin}/v1/recordings/T/${recording.id}`
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
  ['bytes=0-99999999999999999999', 0, size - 1],
  ['bytes=,7-9 ,, 99999-', 7, 9],
  ['bytes=5-9,0-4', 0, 9],
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

it.each([
  ['lines=0-1'],
  ['bytes=9-3'],
  ['bytes=-'],
  ['bytes=x-y'],
  ['bytes=0-1,x'],
  ['bytes='],
  ['bytes=9007199254740993-9007199254740992'],
])('answers %s with the whole', async (range) => {
  const { status, body } = await get(range)
  expect(status).toBe(200)
  expect(body.length).toBe(size)
})

it('gives several ranges in parts, in the order asked for, and leaves out what lies outside', async () => {
  const { status, headers: answer, body } = await get('bytes=500-509, 0-4, 99999-, -3')
  expect(status).toBe(206)
  expect(answer.get('content-range')).toBeNull()
  expect(answer.get('content-length')).toBe(String(body.length))
  const [, boundary] = /^multipart\/byteranges; boundary=(\w+)$/.exec(answer.get('content-type') ?? '') ?? []
  const part = (first: number, last: number) =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Type: video/webm\r\nContent-Range: bytes ${first}-${last}/${size}\r\n\r\n`,
      ),
      bytes.subarray(first, last + 1),
      Buffer.from('\r\n'),
    ])
  const parts = [part(500, 509), part(0, 4), part(size - 3, size - 1), Buffer.from(`--${boundary}--\r\n`)]
  expect(body.equals(Buffer.concat(parts))).toBe(true)
})

it.each([
  ['a.mp3', 'ID3', 'audio/mpeg', 'mp3'],
  ['a.mov', '\0\0\0\x14ftypqt  ', 'video/quicktime', 'mov'],
  ['a.m4a', '\0\0\0\x14ftypM4A ', 'audio/mp4', 'm4a'],
  ['a.weba', '\x1a\x45\xdf\xa3', 'audio/webm', 'webm'],
])('calls %s by an extension that people have a program for', async (name, head, type, extension) => {
  const held = await takeIn(name, Buffer.concat([Buffer.from(head, 'latin1'), randomBytes(100)]))
  const answer = await fetch(`${server.origin}/v1/recordings/T/${held.id}`, { method: 'HEAD', headers })
  expect(answer.headers.get('content-type')).toBe(type)
  expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${held.id}.${extension}"`)
})

it('logs what it sends', async () => {
  await get('bytes=0-3')
  await expect
    .poll(() => server.log.text)
    .toMatch(new RegExp(`"path":"/v1/recordings/T/${recording.id}","status":206`))
})

it('gives the whole to whoever asks for very many ranges', async () => {
  const many = (count: number) => `bytes=${Array.from({ length: count }, (_, n) => `${n * 3}-${n * 3}`)}`
  expect((await get(many(64))).status).toBe(206)
  expect((await get(many(65))).status).toBe(200)
})

it('gives it to whoever names it by If-Match, before anything else is looked at', async () => {
  const etag = (await get()).headers.get('etag') ?? ''
  expect((await get('bytes=0-9', { 'if-match': `"x,y", ${etag}` })).status).toBe(206)
  expect((await get(undefined, { 'if-match': '*' })).status).toBe(200)
  for (const other of ['"x"', `W/${etag}`, etag.replaceAll('"', ''), '']) {
    const { status, body } = await get('bytes=0-9', { 'if-match': other, 'if-none-match': etag })
    expect(status).toBe(412)
    expect(JSON.parse(String(body)).detail).toContain('If-Match')
  }
})

it('answers HEAD like GET without the bytes, and without ranges', async () => {
  const { status, headers: answer, body } = await get('bytes=0-9', {}, 'HEAD')
  expect((await get('bytes=99999-', {}, 'HEAD')).status).toBe(200)
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
  expect((await get('bytes=99999-', { 'if-none-match': etag })).status).toBe(304)
  expect((await get(undefined, { 'if-none-match': etag }, 'HEAD')).status).toBe(304)
  for (const other of ['"older"', `W/${etag}`, 'Tue, 24 Nov 2026 00:00:00 GMT', new Date().toUTCString()])
    expect((await get('bytes=0-9', { 'if-range': other })).status).toBe(200)
})

it('opens nothing for another tenant, nor without a token', async () => {
  expect((await fetch(address)).status).toBe(401)
  const other = await server.bearer('Other')
  expect((await fetch(address, { headers: other })).status).toBe(403)
  const elsewhere = `${server.origin}/v1/recordings/Other/${recording.id}`
  expect((await fetch(elsewhere, { headers: other })).status).toBe(404)
  expect((await fetch(elsewhere, { headers })).status).toBe(403)
})

it('leaves the folder for no name', async () => {
  for (const name of ['..%2f..%2fhindsight.db', '%2e%2e', '..%5c..', '%00', 'nothing'])
    expect(
      (await fetch(`${server.origin}/v1/recordings/T/${name}`, { headers })).status,
    ).toBeGreaterThanOrEqual(400)
})

it.each<[string, (file: string) => Promise<unknown>]>([
  ['are gone', (file) => rm(file)],
  ['are a link out of the folder', (file) => rm(file).then(() => symlink('/etc/hostname', file))],
  ['are a link to nothing', (file) => rm(file).then(() => symlink('/nowhere', file))],
  ['are a folder', (file) => rm(file).then(() => mkdir(file))],
  ['are a pipe', (file) => rm(file).then(() => promisify(execFile)('mkfifo', [file]))],
])('says in words that the bytes %s', async (how, change) => {
  const held = await takeIn(`${how}.webm`, Buffer.concat([bytes, Buffer.from(how)]))
  const there = `${server.origin}/v1/recordings/T/${held.id}`
  expect((await fetch(there, { headers })).status).toBe(200)
  await change(server.media.pathOf('T', held))
  for (const method of ['GET', 'HEAD']) {
    const answer = await fetch(there, { method, headers })
    expect(answer.status).toBe(404)
    if (method === 'GET')
      expect(await answer.json()).toMatchObject({
        detail: 'The bytes of this recording are missing or cannot be read.',
      })
  }
})

it('follows no link that stands for the tenant’s folder', async () => {
  const held = await takeIn('a.webm', bytes, 'Linked')
  const folder = path.dirname(server.media.pathOf('Linked', held))
  await rename(folder, path.join(server.folder, 'elsewhere'))
  await symlink(path.join(server.folder, 'elsewhere'), folder)
  const answer = await fetch(`${server.origin}/v1/recordings/Linked/${held.id}`, {
    headers: await server.bearer('Linked'),
  })
  expect(answer.status).toBe(404)
  expect(await answer.text()).not.toContain(server.folder)
})

it('keeps a file in the folder, whatever it and its tenant are called', async () => {
  for (const tenant of ['../../..', '/etc', '..', '.', 'a\0b', 'x'.repeat(3000)]) {
    for (const name of [
      '../../../../tmp/out.webm',
      '/etc/out.webm',
      '..webm/..\\..\\out.webm',
      '%2e%2e%2fout.webm',
    ]) {
      const file = path.join(server.folder, 'taken.webm')
      await writeFile(file, bytes)
      const held = await server.media.takeIn(tenant, '../..', name, file)
      expect(held.id).toMatch(/^[\w-]{22}$/)
      const [, ...parts] = path.relative(server.folder, server.media.pathOf(tenant, held)).split(path.sep)
      expect(parts).toEqual([
        expect.stringMatching(/^[\w-]{22}$/),
        expect.stringMatching(/^[\w-]{22}\.[0-9a-f]{64}$/),
      ])
    }
  }
  expect(server.media.pathOf('T', { id: '../../x', sha256: '0' })).toContain(
    path.join(server.folder, 'recordings') + path.sep,
  )
})

it('serves an empty file', async () => {
  const held = await takeIn('empty.webm', Buffer.concat([bytes, bytes, bytes]))
  await truncate(server.media.pathOf('T', held), 0)
  const ask = (range?: string) =>
    fetch(`${server.origin}/v1/recordings/T/${held.id}`, { headers: { ...headers, ...(range && { range }) } })
  for (const range of [undefined, 'bytes=-5']) {
    const empty = await ask(range)
    expect([empty.status, empty.headers.get('content-length'), await empty.text()]).toEqual([200, '0', ''])
  }
  const outside = await ask('bytes=0-')
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */0'])
})

it('breaks the answer off where a file has become shorter', async () => {
  const held = await takeIn('shrinking.webm', Buffer.concat([bytes, Buffer.alloc(40_000_000)]))
  const answer = await fetch(`${server.origin}/v1/recordings/T/${held.id}`, { headers })
  await truncate(server.media.pathOf('T', held), 10)
  await expect(answer.arrayBuffer()).rejects.toThrow()
})
