/** Recordings that come through from an upstream and from hosts beside it, over HTTP. */
import { randomBytes } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exchange } from '../../test-support/raw-exchange.ts'
import {
  type FakeUpstream,
  startFakeUpstream,
  upstreamSecrets,
} from '../../test-support/upstream/fake-upstream.ts'
import { type RunningFront, startFront } from '../../test-support/upstream/running-front.ts'

const bytes = randomBytes(200_000)
const size = bytes.length
let upstream: FakeUpstream
let media: FakeUpstream
let front: RunningFront
let headers: { cookie: string }

/** Every name is the fake's own address, which for once may be connected to. */
const resolve: LookupFunction = (_, { all }, callback) =>
  all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
const rule = { resolve, allows: (address: string) => address === '127.0.0.1' }
const named = (fake: FakeUpstream) => fake.origin.replace('127.0.0.1', 'media.example')

beforeEach(async () => {
  upstream = await startFakeUpstream()
  media = await startFakeUpstream()
  upstream.media.set('/media/a', { bytes, type: 'audio/webm' })
  front = await startFront(upstream.origin, { recordingHosts: [named(media)], rule })
  headers = await front.cookie(upstream.account)
  upstream.asked.length = 0
})
afterEach(async () => {
  await front.stop()
  await upstream.stop()
  await media.stop()
})

/** Our address of a recording, as a page gives it. */
async function addressOf(uri: string, at = front): Promise<string> {
  upstream.rewritePage = () => ({ hasMore: false, engagements: [{ id: 'a', recordings: [{ uri }] }] })
  const answer = await fetch(`${at.origin}/v1/engagements/T`, { headers })
  upstream.asked.length = 0
  return (await answer.json()).engagements[0].recordings[0].uri
}

async function get(path: string, more: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(front.origin + path, { method, headers: { ...headers, ...more } })
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

describe('a recording of the upstream', () => {
  it('comes through whole, in the person’s name, with none of the upstream’s own headers', async () => {
    const path = await addressOf('/media/a')
    expect(path).toMatch(/^\/v1\/recordings\/T\/[\w-]+$/)
    const answer = await get(path, { 'accept-language': 'de', 'x-forwarded-for': '1.2.3.4' })
    expect(answer.status).toBe(200)
    expect(answer.body.equals(bytes)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('audio/webm')
    expect(answer.headers.get('content-length')).toBe(String(size))
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="recording.webm"')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    for (const name of Object.keys(upstreamSecrets)) expect(answer.headers.has(name)).toBe(false)
    const [asked] = upstream.asked
    expect(asked?.headers.authorization).toMatch(/^Bearer token-of-the-upstream/)
    expect(Object.keys(asked?.headers ?? {})).not.toContain('cookie')
    expect(Object.keys(asked?.headers ?? {})).not.toContain('accept-language')
    expect(Object.keys(asked?.headers ?? {})).not.toContain('x-forwarded-for')
  })

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=1000-', 1000, size - 1],
    [`bytes=${size - 1}-99999999`, size - 1, size - 1],
  ])('comes through by the range %s', async (range, first, last) => {
    const answer = await get(await addressOf('/media/a'), { range })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${size}`)
    expect(answer.body.equals(bytes.subarray(first, last + 1))).toBe(true)
  })

  it('is a 416 beyond its end, and whole where several ranges are asked for', async () => {
    const path = await addressOf('/media/a')
    const beyond = await get(path, { range: `bytes=${size}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    const several = await get(path, { range: 'bytes=0-1,5-6' })
    expect([several.status, several.body.length]).toEqual([200, size])
    expect(upstream.asked.at(-1)?.headers.range).toBeUndefined()
  })

  it.each(['Tue, 24 Nov 2026 00:00:00 GMT', 'W/"of-the-upstream"', 'of-the-upstream'])(
    'is whole for If-Range: %s, by which nobody can tell whether a part would fit',
    async (condition) => {
      const answer = await get(await addressOf('/media/a'), { range: 'bytes=0-9', 'if-range': condition })
      expect([answer.status, answer.body.length]).toEqual([200, size])
      expect(upstream.asked.at(-1)?.headers.range).toBeUndefined()
    },
  )

  it('is called by an extension that people have a program for', async () => {
    upstream.media.set('/media/b', { bytes, type: 'audio/mpeg' })
    const answer = await get(await addressOf('/media/b'), {}, 'HEAD')
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="recording.mp3"')
  })

  it('is what the conditions are of, whatever the upstream makes of them', async () => {
    const path = await addressOf('/media/a')
    const etag = '"of-the-upstream"'
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const same = await get(path, { 'if-none-match': known, range: 'bytes=0-9' })
      expect([same.status, same.headers.get('etag'), same.body.length]).toEqual([304, etag, 0])
      expect((await get(path, { 'if-none-match': known }, 'HEAD')).status).toBe(304)
    }
    for (const known of ['"x"', `W/${etag}`])
      expect((await get(path, { 'if-match': known, 'if-none-match': etag })).status).toBe(412)
    for (const known of ['*', `"x", ${etag}`])
      expect((await get(path, { 'if-match': known, range: 'bytes=0-9' })).status).toBe(206)
    expect((await get(path, { 'if-none-match': '"x"' })).status).toBe(200)
  })

  it('is described by HEAD', async () => {
    const answer = await get(await addressOf('/media/a'), {}, 'HEAD')
    expect([answer.status, answer.headers.get('content-length'), answer.body.length]).toEqual([
      200,
      String(size),
      0,
    ])
    expect(upstream.asked[0]?.method).toBe('HEAD')
  })

  it('has the same address on every page, and another in every tenant', async () => {
    const path = await addressOf('/media/a?key=secret')
    expect(await addressOf('/media/a?key=secret')).toBe(path)
    expect(path).not.toContain('secret')
    expect((await get(path.replace('/T/', '/Other/'))).status).toBe(403)
  })

  it.each(['x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '..%2F..%2Fetc', 'aHR0cDovLzEyNy4wLjAuMS8'])(
    'of the made-up id %s is not there, and nobody is asked',
    async (id) => {
      expect((await get(`/v1/recordings/T/${id}`)).status).toBe(404)
      expect(upstream.asked).toEqual([])
    },
  )

  it('that is gone is a 404, and one that the upstream keeps back a 403', async () => {
    expect((await get(await addressOf('/v1/engagements/T/x/none'))).status).toBe(404)
    const path = await addressOf('/media/a')
    upstream.weather = () => ({ kind: 'status', status: 403 })
    expect((await get(path)).status).toBe(403)
    upstream.weather = () => ({ kind: 'status', status: 401 })
    expect((await get(path)).status).toBe(401)
  })

  it.each([
    ['a page of HTML', { kind: 'html' } as const, 502],
    ['JSON', { kind: 'cut-json' } as const, 502],
    ['nothing in time', { kind: 'silent' } as const, 504],
    ['429', { kind: 'status', status: 429 } as const, 503],
    ['500', { kind: 'status', status: 500 } as const, 502],
  ])('that comes as %s is a problem', async (_, weather, status) => {
    const path = await addressOf('/media/a')
    upstream.weather = () => weather
    expect((await get(path)).status).toBe(status)
  })
})

describe('a download that breaks off', () => {
  it.each([[0], [1], [70_000], [size - 1]])(
    'after %i bytes is never taken for the whole',
    async (breakAfter) => {
      upstream.media.set('/media/a', { bytes, type: 'audio/webm', breakAfter })
      const path = await addressOf('/media/a')
      await expect(get(path)).rejects.toThrow()
    },
  )

  it('within chunks is never taken for the whole', async () => {
    const path = await addressOf('/media/a')
    upstream.weather = () => ({ kind: 'chunks', type: 'audio/webm', bytes: bytes.subarray(0, 5000) })
    const answer = await exchange(
      front.origin,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${headers.cookie}\r\nConnection: close\r\n\r\n`,
    ).catch((error: unknown) => error)
    // Either the connection is reset, or its last chunk is missing.
    const body = answer instanceof Error ? '' : (answer as { body: string }).body
    expect(body.endsWith('0\r\n\r\n')).toBe(false)
    await expect(get(path)).rejects.toThrow()
  })

  it('that stalls is ended', async () => {
    const path = await addressOf('/media/a')
    upstream.weather = () => ({
      kind: 'chunks',
      type: 'audio/webm',
      bytes: bytes.subarray(0, 5000),
      stalls: true,
    })
    const beganMs = performance.now()
    await expect(get(path)).rejects.toThrow()
    expect(performance.now() - beganMs).toBeLessThan(6000)
  })

  it('because nobody listens any more ends the one from the upstream, and says nothing of its health', async () => {
    const large = Buffer.alloc(30_000_000, 1)
    upstream.media.set('/media/large', { bytes: large, type: 'audio/webm' })
    const path = await addressOf('/media/large')
    for (let n = 0; n < 6; n++) {
      const leave = new AbortController()
      const answer = await fetch(front.origin + path, { headers, signal: leave.signal })
      expect(answer.status).toBe(200)
      leave.abort()
    }
    await expect.poll(() => front.log.text.match(/not sent to its end/g)?.length).toBe(6)
    expect((await fetch(`${front.origin}/v1/engagements/T`, { headers })).status).toBe(200)
  })
})

describe('a recording on another host', () => {
  it('comes through where the operator named the host, which is told nothing of the person', async () => {
    // This fake wants a token; ours is not for it.
    media.media.set('/a', { bytes, type: 'video/mp4' })
    const path = await addressOf(`${named(media)}/a?signature=s`)
    expect(path).toMatch(/^\/v1\/recordings\//)
    expect((await get(path)).status).toBe(403)
    expect(media.asked[0]?.headers.authorization).toBeUndefined()
    expect(media.asked[0]?.headers.host).toMatch(/^media\.example:/)
    media.weather = ({ url }) => ({ kind: 'chunks', type: 'video/mp4', bytes: Buffer.from(url), ends: true })
    expect((await get(path)).body.toString()).toBe('/a?signature=s')
  })

  it.each([
    'http://127.0.0.1:22/a',
    'http://169.254.169.254/latest/meta-data',
    'https://other.example/a',
    'file:///etc/passwd',
  ])('keeps its own address, %s, where nobody named it', async (uri) => {
    expect(await addressOf(uri)).toBe(uri)
  })

  it('is reached through a redirect where both are named', async () => {
    const path = await addressOf('/media/a')
    upstream.weather = () => ({ kind: 'status', status: 302, headers: { location: `${named(media)}/b` } })
    media.weather = () => ({ kind: 'chunks', type: 'audio/webm', bytes: Buffer.from('b'), ends: true })
    expect((await get(path)).body.toString()).toBe('b')
    expect(media.asked[0]?.headers.authorization).toBeUndefined()
  })

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'https://other.example/',
    'file:///etc/passwd',
    '//other.example/a',
    'https://user:pass@media.example/',
    '',
  ])('is not reached through a redirect to %j', async (location) => {
    const path = await addressOf('/media/a')
    upstream.weather = ({ url }) =>
      url === '/media/a' ? { kind: 'status', status: 302, headers: { location } } : { kind: 'fair' }
    const { status } = await get(path)
    // An empty one means the same address again, and again.
    expect(status).toBe(502)
  })

  it('is not followed in a circle', async () => {
    const path = await addressOf('/media/a')
    upstream.weather = () => ({ kind: 'status', status: 302, headers: { location: '/media/a' } })
    expect((await get(path)).status).toBe(502)
    expect(upstream.asked.length).toBe(4)
  })

  it.each([['127.0.0.1'], ['10.0.0.1'], ['::1'], ['169.254.169.254']])(
    'is not asked once its name stands for %s',
    async (address) => {
      const lookup: LookupFunction = (_, { all }, callback) => {
        const family = address.includes(':') ? 6 : 4
        if (all) callback(null, [{ address, family }])
        else callback(null, address, family)
      }
      const { publicAddresses } = await import('./guarded-agent.ts')
      const strict = await startFront(upstream.origin, {
        recordingHosts: [named(media)],
        rule: { ...publicAddresses, resolve: lookup },
      })
      try {
        const path = await addressOf(`${named(media)}/a`, strict)
        const answer = await fetch(strict.origin + path, { headers })
        expect(answer.status).toBe(502)
        expect(media.asked).toEqual([])
      } finally {
        await strict.stop()
      }
    },
  )
})
