/** A bucket whose store is not well: what is told, and that nothing is ever taken for whole which is not. */
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pathOf, routes } from '../../../contract/routes.ts'
import type { HeldRecording } from '../../store/engagement-writer.ts'
import { type RunningServer, startServer } from '../../test-support/running-server.ts'
import { type S3Store, type StoreWeather, startS3Store } from '../../test-support/s3-store.ts'
import type { HeldMedia } from '../held-media.ts'
import { type BucketLimits, bucketLimits } from './bucket-client.ts'
import { openMediaBucket } from './media-bucket.ts'

const limits: BucketLimits = { ...bucketLimits, tries: 1, resumptions: 3 }
const hastyLimits: BucketLimits = { ...limits, connectMs: 500, answerMs: 500, uploadMs: 500 }
const idleMs = 800
const bytes = Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(3_000_000)])
const all = { first: 0, last: bytes.length - 1 }
let s3: S3Store
let folder: string
let media: HeldMedia
/** For what is waited for in vain. */
let hasty: HeldMedia
let soonIdle: HeldMedia
let held: HeldRecording

beforeAll(async () => {
  s3 = await startS3Store()
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  media = openMediaBucket(s3.settings, folder, limits)
  hasty = openMediaBucket(s3.settings, folder, hastyLimits)
  soonIdle = openMediaBucket(s3.settings, folder, { ...limits, idleMs })
})
afterAll(async () => {
  await media.close()
  await hasty.close()
  await soonIdle.close()
  await s3.stop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  held = await takeIn()
})
afterEach(() => {
  s3.weather = { kind: 'fine' }
  s3.heard = () => {}
})

async function takeIn(content = bytes, name = 'a.webm', into = media): Promise<HeldRecording> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return into.takeIn('T', 'call', name, file)
}

async function readAll(signal?: AbortSignal, then = () => {}, from = media): Promise<Buffer> {
  const open = await from.open('T', held, signal)
  const pieces: Uint8Array[] = []
  for await (const piece of open.read(all)) {
    pieces.push(piece)
    then()
  }
  return Buffer.concat(pieces)
}

const unwell: readonly [how: string, StoreWeather, kind: string, why: RegExp][] = [
  ['is down', { kind: 'down' }, 'unavailable', /(HEAD|GET) recordings\/of\/hindsight\//],
  ['fails', { kind: 'status', status: 500, code: 'InternalError' }, 'unavailable', /500/],
  ['wants to be left alone', { kind: 'status', status: 503, code: 'SlowDown' }, 'unavailable', /503/],
  ['knows us no more', { kind: 'status', status: 403, code: 'InvalidAccessKeyId' }, 'refused', /403/],
]

it.each(unwell)('tells a store that %s', async (_, weather, kind, why) => {
  s3.weather = weather
  const failure = { name: 'Error', kind, message: expect.stringMatching(why) }
  await expect(media.open('T', held)).rejects.toMatchObject(failure)
  await expect(media.openFile('T', held)).rejects.toMatchObject(failure)
  await expect(takeIn()).rejects.toMatchObject(failure)
  await expect(media.keptPeaks('T', held)).rejects.toMatchObject({ kind })
  await expect(media.remove('T', held)).rejects.toMatchObject({ kind })
})

it('lists more than one answer has room for, and tells where it cannot', async () => {
  for (let n = 0; n < 201; n++) await s3.plant(`of/hindsight/many/${n}`, Buffer.from('x'), 0)
  const { signal } = new AbortController()
  const listed = async () => Array.fromAsync(media.files(signal), ({ name }) => name)
  const names = await listed()
  expect(names.filter((name) => name.startsWith('many/'))).toHaveLength(201)
  expect(new Set(names).size).toBe(names.length)
  s3.weather = { kind: 'status', status: 403, code: 'AccessDenied' }
  await expect(listed()).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('AccessDenied'),
  })
  s3.weather = { kind: 'down' }
  await expect(listed()).rejects.toMatchObject({ kind: 'unavailable' })
})

it('waits for an answer for so long only', async () => {
  s3.weather = { kind: 'silent' }
  const failure = { kind: 'unavailable', message: expect.stringContaining('Timeout') }
  await Promise.all([
    expect(hasty.open('T', held)).rejects.toMatchObject(failure),
    expect(takeIn(bytes, 'a.webm', hasty)).rejects.toMatchObject(failure),
    expect(hasty.remove('T', held)).rejects.toMatchObject(failure),
  ])
})

it('asks a store again that was not well for a moment', async () => {
  const patient = openMediaBucket(s3.settings, folder, { ...limits, tries: 2 })
  const asked = s3.questions.length
  s3.weather = { kind: 'down' }
  s3.heard = () => {
    s3.weather = { kind: 'fine' }
  }
  const opened = patient.open('T', held)
  expect((await opened).size).toBe(held.size)
  expect(s3.questions.length).toBe(asked + 2)
  await patient.close()
})

it('tells a bucket that is not there, and an account that is wrong, without showing its secret', async () => {
  const file = path.join(folder, 'a.webm')
  const nowhere = openMediaBucket({ ...s3.settings, bucket: 'nowhere' }, folder, limits)
  await expect(nowhere.takeIn('T', 'call', 'a.webm', file)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('NoSuchBucket'),
  })
  const wrong = openMediaBucket(
    { ...s3.settings, accessKeyId: 'nobody', secretAccessKey: 'hunter2' },
    folder,
    limits,
  )
  const failure: unknown = await wrong.open('T', held).catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'refused', message: expect.stringContaining('403') })
  expect(JSON.stringify([failure, String(failure)])).not.toContain('hunter2')
})

it('tells what is missing, and what has another size, from one another', async () => {
  await expect(media.open('T', { ...held, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    kind: 'missing',
  })
  const other = await takeIn(Buffer.concat([bytes, randomBytes(8)]), 'b.webm')
  const key = (await s3.keys()).find((one) => one.includes(other.sha256)) ?? ''
  await s3.resize(key, other.size - 1)
  await expect(media.open('T', other)).rejects.toMatchObject({
    kind: 'damaged',
    message: expect.stringContaining(`has ${other.size - 1} bytes, not ${other.size}`),
  })
  // Taking it in again mends it.
  expect(await media.takeIn('T', 'call', 'b.webm', path.join(folder, 'b.webm'))).toEqual(other)
  await (await media.open('T', other)).close()
})

it('gives no file whose bytes are others', async () => {
  const sha256 = 'f'.repeat(64)
  const key = (await s3.keys()).find((one) => one.includes(held.sha256)) ?? ''
  const wrong = { ...held, sha256 }
  // As if somebody had put other bytes there.
  const { S3Client, PutObjectCommand } = await import('@aws-sdk/client-s3')
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = s3.settings
  const client = new S3Client({
    endpoint: endpoint?.href ?? '',
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  })
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key.replace(held.sha256, sha256), Body: bytes }),
  )
  client.destroy()
  await expect(media.openFile('T', wrong)).rejects.toMatchObject({ kind: 'damaged' })
})

describe('of a store that closes the connection', () => {
  it('goes on from there', async () => {
    s3.weather = { kind: 'cut', bytes: 1_000_000 }
    const before = s3.questions.length
    expect((await readAll()).equals(bytes)).toBe(true)
    expect(s3.questions.length - before).toBe(1 + 4)
  })

  it('ends in an error when it does so again and again, and when it is gone', async () => {
    s3.weather = { kind: 'cut', bytes: 100_000 }
    await expect(readAll()).rejects.toMatchObject({ kind: 'unavailable' })
    s3.weather = { kind: 'cut', bytes: 1_000_000 }
    const gone = readAll(undefined, () => {
      s3.weather = { kind: 'down' }
    })
    await expect(gone).rejects.toMatchObject({ kind: 'unavailable' })
    s3.weather = { kind: 'cut', bytes: 1_000_000 }
    const failing = readAll(undefined, () => {
      s3.weather = { kind: 'status', status: 500, code: 'InternalError' }
    })
    await expect(failing).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

it('waits for the next bytes for so long only, but for its reader as long as it likes', async () => {
  s3.weather = { kind: 'stalled', bytes: 1_000_000 }
  const stalled = readAll(
    undefined,
    () => {
      s3.weather = { kind: 'down' }
    },
    soonIdle,
  )
  await expect(stalled).rejects.toMatchObject({ kind: 'unavailable' })
  s3.weather = { kind: 'fine' }
  const open = await soonIdle.open('T', held)
  const pieces: Uint8Array[] = []
  for await (const piece of open.read(all)) {
    if (pieces.length === 0) await setTimeout(idleMs + 100)
    pieces.push(piece)
  }
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
})

it('lets go of the store when nobody waits any more', async () => {
  s3.weather = { kind: 'stalled', bytes: 100_000 }
  const left = new AbortController()
  const reading = readAll(left.signal, () => left.abort())
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  const open = await media.open('T', held)
  for await (const _ of open.read(all)) break
  await expect.poll(() => s3.underWay, { timeout: 10_000 }).toBe(0)
})

it('keeps nothing of what could not be sent to its end', async () => {
  const big = Buffer.concat([bytes, randomBytes(20_000_000)])
  const file = path.join(folder, 'big.webm')
  await writeFile(file, big)
  const before = await s3.keys()
  // Its hash is known by then, and it is being sent.
  s3.heard = (question) => {
    if (!question.startsWith('POST')) return
    appendFileSync(file, 'more')
    s3.heard = () => {}
  }
  const growing = media.takeIn('T', 'call', 'big.webm', file)
  await expect(growing).rejects.toMatchObject({ kind: 'damaged' })
  expect(await s3.parts()).toEqual([])
  expect(await s3.keys()).toEqual(before)
  s3.heard = (question) => {
    if (question.startsWith('PUT')) s3.weather = { kind: 'status', status: 500, code: 'InternalError' }
  }
  const failing = media.takeIn('T', 'call', 'big.webm', file)
  await expect(failing).rejects.toMatchObject({ kind: 'unavailable' })
  s3.heard = () => {}
  s3.weather = { kind: 'fine' }
  expect(await s3.keys()).toEqual(before)
  expect((await media.takeIn('T', 'call', 'big.webm', file)).size).toBe(big.length + 4)
})

describe('over HTTP', () => {
  let server: RunningServer
  let headers: { authorization: string }
  let address: string

  beforeAll(async () => {
    server = await startServer({ held: soonIdle })
    headers = await server.bearer('T')
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    await server.store.writer.write('T', [
      { engagement: { id: 'call', associateInitiated: false }, held: [held] },
    ])
    address = server.origin + pathOf(routes.recording, { tenant: 'T', recordingId: held.id })
  })

  const get = (range?: string, method = 'GET') =>
    fetch(address, { method, headers: { ...headers, ...(range && { range }) } })

  it('gives ranges, with the ETag of the bytes, and asks the store once for each', async () => {
    const before = s3.questions.length
    const answer = await get('bytes=1000000-1999999')
    expect(s3.questions.slice(before)).toEqual([expect.stringMatching(/^GET /)])
    expect([answer.status, answer.headers.get('content-range'), answer.headers.get('etag')]).toEqual([
      206,
      `bytes 1000000-1999999/${bytes.length}`,
      `"${held.sha256}"`,
    ])
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(1_000_000, 2_000_000))).toBe(true)
    const parts = await (await get('bytes=0-9,-7')).text()
    expect(parts.match(/Content-Range: [^\r]*/g)).toEqual([
      `Content-Range: bytes 0-9/${bytes.length}`,
      `Content-Range: bytes ${bytes.length - 7}-${bytes.length - 1}/${bytes.length}`,
    ])
    const head = await get(undefined, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
    expect((await get(`bytes=${bytes.length}-`)).status).toBe(416)
  })

  it.each(unwell.filter(([how]) => /down|knows/.test(how)))(
    'says so when the store %s, and logs why',
    async (_, weather, kind) => {
      s3.weather = weather
      const answer = await get()
      const expected = kind === 'refused' ? [502, null] : [503, '5']
      expect([answer.status, answer.headers.get('retry-after')]).toEqual(expected)
      expect(await answer.json()).toMatchObject({
        detail: expect.stringContaining('store of the recordings'),
      })
      expect((await get(undefined, 'HEAD')).status).toBe(expected[0])
      const peaks = await fetch(`${address}/peaks`, { headers })
      expect(peaks.status).toBe(expected[0])
      expect(server.log.text).toContain('a recording that should be held cannot be opened')
      expect(server.log.text).toContain('HEAD recordings/of/hindsight/')
      expect(server.log.text).not.toContain('S3RVER')
    },
  )

  it('measures how loud it is, once, and keeps that in the bucket', async () => {
    const fixture = path.join(import.meta.dirname, '../peaks/fixtures/opus.webm')
    const sound = await media.takeIn('T', 'sound', 'opus.webm', fixture)
    await server.store.writer.write('T', [
      { engagement: { id: 'sound', associateInitiated: false }, held: [sound] },
    ])
    const peaks = server.origin + pathOf(routes.peaks, { tenant: 'T', recordingId: sound.id })
    const first = await fetch(peaks, { headers })
    expect(first.status).toBe(200)
    const before = s3.questions.length
    expect(await (await fetch(peaks, { headers })).text()).toBe(await first.text())
    expect(s3.questions.slice(before)).toEqual([expect.stringMatching(/^GET .*\.peaks$/)])
    expect(await readdir(path.join(folder, 'measured'))).toEqual([])
  })

  it('tells it as a problem, not as broken bytes, where the first of them do not come', async () => {
    s3.weather = { kind: 'cut', bytes: 0 }
    const answer = await get('bytes=5-99')
    expect([answer.status, answer.headers.get('content-range'), answer.headers.get('etag')]).toEqual([
      503,
      null,
      null,
    ])
    expect(await answer.json()).toMatchObject({ type: 'urn:problem:hindsight:unavailable' })
  })

  it('tells of an object that is not what was put there', async () => {
    const key = (await s3.keys()).find((one) => one.includes(held.sha256)) ?? ''
    for (const size of [bytes.length + 1, bytes.length - 1, 3]) {
      await s3.resize(key, size)
      for (const range of [undefined, 'bytes=5-', 'bytes=-9']) expect((await get(range)).status).toBe(502)
      expect((await get(undefined, 'HEAD')).status).toBe(502)
    }
    await media.remove('T', held)
    const gone = await get('bytes=5-')
    expect([gone.status, gone.headers.get('content-range')]).toEqual([404, null])
  })

  it('breaks off what breaks off there', async () => {
    s3.weather = { kind: 'cut', bytes: 100_000 }
    const answer = await get()
    expect(answer.status).toBe(200)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    await expect
      .poll(() => server.log.text, { timeout: 10_000 })
      .toContain('a recording was not sent to its end')
  })

  it('leaves the store alone once the listener has left', async () => {
    s3.weather = { kind: 'stalled', bytes: 100_000 }
    const left = new AbortController()
    const answer = await fetch(address, { headers, signal: left.signal })
    await answer.body?.getReader().read()
    left.abort()
    await expect.poll(() => s3.underWay, { timeout: 10_000 }).toBe(0)
  })

  it('removes it from the bucket with its engagement, later where that cannot be at once', async () => {
    const admin = await server.bearer('T', 'admin')
    const engagement = server.origin + pathOf(routes.engagement, { tenant: 'T', id: 'call' })
    s3.weather = { kind: 'status', status: 500, code: 'InternalError' }
    expect((await fetch(engagement, { method: 'DELETE', headers: admin })).status).toBe(204)
    expect(server.log.text).toContain('a removed recording is still there')
    s3.weather = { kind: 'fine' }
    const kept = async () => (await s3.keys()).filter((key) => key.includes(held.sha256))
    expect(await kept()).toHaveLength(1)
    await server.store.writer.write('T', [{ engagement: { id: 'x', associateInitiated: false }, held: [] }])
    const next = server.origin + pathOf(routes.engagement, { tenant: 'T', id: 'x' })
    expect((await fetch(next, { method: 'DELETE', headers: admin })).status).toBe(204)
    expect(await kept()).toEqual([])
  })
})
