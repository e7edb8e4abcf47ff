import { readFileSync } from 'node:fs'
import { readdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { peaksV1 } from '../../contract/model/peaks.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import { createHeldPeaks } from '../media/peaks/held-peaks.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { rawRequest } from '../test-support/raw-request.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'
import { createTurns } from '../workers/turns.ts'

const fixture = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../media/peaks/fixtures', name))
let server: RunningServer
let bearer: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  bearer = await server.bearer('T')
})
afterAll(() => server.stop())

/** @returns the recording as the store knows it, and the address of its peaks */
async function takeIn(name: string, bytes: Buffer, engagementId = name) {
  const file = path.join(server.folder, name)
  await writeFile(file, bytes)
  const held = await server.media.takeIn('T', engagementId, name, file)
  await server.store.writer.write('T', [
    { engagement: { id: engagementId, associateInitiated: false }, held: [held] },
  ])
  return { held, address: pathOf(routes.peaks, { tenant: 'T', recordingId: held.id }) }
}

const ask = (address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  rawRequest(server.origin + address, { ...bearer, ...headers }, method)

async function askProblem(address: string) {
  const { status, body } = await ask(address)
  return { status, ...JSON.parse(body.toString()) }
}

/** Files of a recording in the media folder: its bytes, and what is kept beside them. */
async function filesOf(recording: HeldRecording): Promise<readonly string[]> {
  const bytes = server.media.pathOf('T', recording)
  const names = await readdir(path.dirname(bytes))
  return names.filter((name) => name.startsWith(path.basename(bytes)))
}

it('tells how loud a recording is, as JSON and as XML', async () => {
  const { address } = await takeIn('two.webm', fixture('opus.webm'))
  const json = await ask(address)
  expect([json.status, json.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  const peaks = peaksV1.parse(JSON.parse(json.body.toString()))
  const levels = Buffer.from(peaks.levels, 'base64')
  expect(peaks.bucketsPerSecond).toBe(20)
  expect(Math.abs(levels.length - 50)).toBeLessThanOrEqual(2)
  expect([levels[10] ?? 0, levels[30] ?? 0].map((level) => level > 200)).toEqual([true, false])
  const xml = await ask(address, { accept: 'application/xml' })
  expect(xml.body.toString()).toContain(
    `<peaksV1><bucketsPerSecond>20</bucketsPerSecond><levels>${peaks.levels}</levels></peaksV1>`,
  )
  const { status, headers, body } = await ask(address, {}, 'HEAD')
  expect([status, headers['content-length'], body.length]).toEqual([200, json.headers['content-length'], 0])
})

it('is not sent again to whoever has it, in each representation', async () => {
  const { address } = await takeIn('two.webm', fixture('opus.webm'))
  const tags: (string | undefined)[] = []
  for (const accept of ['application/json', 'application/xml']) {
    const { etag = '' } = (await ask(address, { accept })).headers
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}-/)
    const again = await ask(address, { accept, 'if-none-match': `"x", ${etag}` })
    expect([again.status, again.headers.etag, again.body.length]).toEqual([304, etag, 0])
    tags.push(etag)
  }
  const [json = '', xml] = tags
  expect((await ask(address, { accept: 'text/xml', 'if-none-match': json })).status).toBe(200)
  expect(json).not.toBe(xml)
})

it('measures once, however many ask at once, and never again', async () => {
  const { held, address } = await takeIn('once.mp3', fixture('mp3.mp3'))
  let opened = 0
  const { openFile } = server.media
  server.media.openFile = (...args) => {
    opened += 1
    return openFile(...args)
  }
  try {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(address)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
    expect(opened).toBe(1)
    expect((await ask(address)).body).toEqual(answers[0]?.body)
    expect(opened).toBe(1)
    // As after a restart: nothing is known but what is on the disk.
    const anew = createHeldPeaks(server.media, createTurns(1), (error) => expect.unreachable(String(error)))
    expect(await anew('T', held)).toEqual({ kind: 'peaks', peaks: JSON.parse(String(answers[0]?.body)) })
    expect(opened).toBe(1)
  } finally {
    server.media.openFile = openFile
  }
})

it('measures anew what was replaced by other bytes', async () => {
  const first = await takeIn('again.wav', fixture('ulaw.wav'))
  const before = await ask(first.address)
  const wav = fixture('ulaw.wav')
  const second = await takeIn('again.wav', Buffer.concat([wav.subarray(0, 58), Buffer.alloc(16_000, 0xff)]))
  expect(second.address).toBe(first.address)
  const after = await ask(first.address, { 'if-none-match': before.headers.etag ?? '' })
  expect(after.status).toBe(200)
  expect(after.body).not.toEqual(before.body)
})

it('measures anew what is kept damaged', async () => {
  const { held, address } = await takeIn('kept.flac', fixture('flac.flac'))
  const before = await ask(address)
  await writeFile(`${server.media.pathOf('T', held)}.peaks`, '{"version":1,')
  expect(await ask(address)).toMatchObject({ status: 200, body: before.body })
})

it('goes with its recording', async () => {
  const { held, address } = await takeIn('gone.webm', fixture('opus-stereo.webm'), 'to delete')
  await ask(address)
  expect((await filesOf(held)).length).toBe(2)
  const admin = await server.bearer('T', 'admin')
  const engagement = pathOf(routes.engagement, { tenant: 'T', id: 'to delete' })
  expect((await ask(engagement, admin, 'DELETE')).status).toBe(204)
  expect(await filesOf(held)).toEqual([])
  expect(await askProblem(address)).toMatchObject({ status: 404, type: 'urn:problem:hindsight:not-found' })
})

it('keeps nothing of what was removed while it was measured', async () => {
  const { held } = await takeIn('removed.webm', fixture('opus.webm'))
  const { keepPeaks } = server.media
  await server.media.remove('T', held)
  await keepPeaks('T', held, 'of what is gone')
  expect(await filesOf(held)).toEqual([])
})

it.each([
  [
    'of a kind that is not decoded here',
    'a.m4a',
    fixture('aac.m4a'),
    'Sound of the kind aac is not decoded here.',
  ],
  [
    'damaged',
    'b.webm',
    Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(3000, 7)]),
    'Its bytes are not those of a recording.',
  ],
])('says so when a recording is %s, and looks only once', async (_, name, bytes, detail) => {
  const { held, address } = await takeIn(name, bytes)
  expect(await askProblem(address)).toMatchObject({
    status: 422,
    detail,
    type: 'urn:problem:hindsight:no-peaks',
  })
  expect(await server.media.keptPeaks('T', held)).toContain(detail)
  expect(await askProblem(address)).toMatchObject({ status: 422, detail })
  expect((await ask(address, { 'if-none-match': '*' })).status).toBe(422)
})

it('says that the bytes are missing, and does not keep that', async () => {
  const { held, address } = await takeIn('missing.webm', fixture('opus.webm'))
  const file = server.media.pathOf('T', held)
  await rm(file)
  expect(await askProblem(address)).toMatchObject({ status: 404 })
  await symlink('/etc/hostname', file)
  expect(await askProblem(address)).toMatchObject({ status: 404 })
  await rm(file)
  await writeFile(file, fixture('opus.webm'))
  expect((await ask(address)).status).toBe(200)
})

it('opens nothing for another tenant, nor without a token', async () => {
  const { held, address } = await takeIn('two.webm', fixture('opus.webm'))
  expect((await fetch(server.origin + address)).status).toBe(401)
  const other = await server.bearer('Other')
  expect((await ask(address, other)).status).toBe(403)
  const elsewhere = pathOf(routes.peaks, { tenant: 'Other', recordingId: held.id })
  expect((await ask(elsewhere, other)).status).toBe(404)
})

it('asks to be asked again while measuring takes long', async () => {
  const { address } = await takeIn('slow.webm', fixture('opus.webm'))
  const { openFile } = server.media
  const stalled = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server.media.openFile = async (...args) => {
    asked.resolve()
    await stalled.promise
    return openFile(...args)
  }
  try {
    const answer = ask(address)
    await asked.promise
    await vi.advanceTimersByTimeAsync(15_000)
    const { status, headers, body } = await answer
    expect([status, headers['retry-after'], body.length]).toEqual([202, '5', 0])
  } finally {
    server.media.openFile = openFile
    vi.useRealTimers()
    stalled.resolve()
  }
  expect((await ask(address)).status).toBe(200)
})

it('is no play for the audit, as the bytes are', async () => {
  const { held, address } = await takeIn('silent.webm', fixture('opus.webm'))
  const played = await takeIn('played.webm', fixture('opus-stereo.webm'))
  expect((await ask(address)).status).toBe(200)
  await ask(pathOf(routes.recording, { tenant: 'T', recordingId: played.held.id }))
  const admin = await server.bearer('T', 'admin')
  const { events } = JSON.parse(String((await ask(pathOf(routes.audit, { tenant: 'T' }), admin)).body))
  const targets = events.map(({ target }: { target: string }) => target)
  expect(targets).toContain(played.held.id)
  expect(targets).not.toContain(held.id)
})
