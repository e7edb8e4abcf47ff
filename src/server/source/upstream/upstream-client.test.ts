/** What becomes of each weather, and how often an upstream is asked in it. */
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test-support/upstream/fake-upstream.ts'
import { selfSigned } from '../../test-support/upstream/self-signed.ts'
import type { Weather } from '../../test-support/upstream/weather.ts'
import { SourceFailure } from '../source-failure.ts'
import { createUpstreamClient, type UpstreamClient } from './upstream-client.ts'
import { upstreamLimits } from './upstream-limits.ts'

const limits = { ...upstreamLimits, answerMs: 1500, pauseMs: 40, probeAfterMs: 300, pageBytes: 100_000 }
let upstream: FakeUpstream
let client: UpstreamClient
let authorization: string

beforeEach(async () => {
  upstream = await startFakeUpstream()
  upstream.rows = [{ id: 'a', status: 'successful', associateInitiated: false }]
  client = createUpstreamClient(new URL(upstream.origin), limits)
  authorization = `Bearer ${upstream.token('T')}`
})
afterEach(async () => {
  await client.close()
  await upstream.stop()
})

const ask = (tenant = 'T') =>
  client.ask({ tenant, path: `/v1/engagements/${tenant}`, authorization, mostBytes: limits.pageBytes })

const outcome = () =>
  ask().then(
    ({ status }) => status,
    (error: unknown) => (error instanceof SourceFailure ? error.kind : error),
  )

it('gives what was answered', async () => {
  expect(await ask()).toEqual({
    status: 200,
    body: {
      hasMore: false,
      engagements: [{ id: 'a', status: 'successful', associateInitiated: false }],
    },
  })
  expect(upstream.asked).toHaveLength(1)
})

describe('weather', () => {
  it.each<[Weather, string | number, number]>([
    [{ kind: 'reset' }, 'unreachable', 3],
    [{ kind: 'broken-off' }, 'unreachable', 3],
    [{ kind: 'silent' }, 'late', 1],
    [{ kind: 'stalling' }, 'late', 1],
    [{ kind: 'slow', ms: 50 }, 200, 1],
    [{ kind: 'status', status: 401 }, 401, 1],
    [{ kind: 'status', status: 403 }, 403, 1],
    [{ kind: 'status', status: 404 }, 404, 1],
    [{ kind: 'status', status: 429 }, 'busy', 1],
    [{ kind: 'status', status: 429, headers: { 'retry-after': '30' } }, 'busy', 1],
    [{ kind: 'status', status: 500, body: 'secret' }, 'broken', 3],
    [{ kind: 'status', status: 502 }, 'broken', 3],
    [{ kind: 'status', status: 503 }, 'broken', 3],
    [{ kind: 'status', status: 503, headers: { 'retry-after': '30' } }, 'busy', 1],
    [{ kind: 'status', status: 504 }, 'broken', 3],
    [{ kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'unreadable', 1],
    [{ kind: 'status', status: 204 }, 'unreadable', 1],
    [{ kind: 'html' }, 'unreadable', 1],
    [{ kind: 'cut-json' }, 'unreadable', 1],
    [{ kind: 'endless' }, 'unreadable', 1],
    [{ kind: 'promised', bytes: 2 ** 30 }, 'unreadable', 1],
  ])('%j comes to %s, asked %i times', async (weather, expected, times) => {
    upstream.weather = () => weather
    const beganMs = performance.now()
    expect(await outcome()).toBe(expected)
    expect(performance.now() - beganMs).toBeLessThan(limits.answerMs + 1000)
    expect(upstream.asked).toHaveLength(times)
  })

  it('of no host at all is told as soon as it is known', async () => {
    await upstream.stop()
    expect(await outcome()).toBe('unreachable')
    upstream = await startFakeUpstream()
  })

  it('of a host that speaks no HTTP is not asked again', async () => {
    const connections = { count: 0 }
    const mute = createServer((socket) => {
      connections.count++
      socket.end('SSH-2.0-OpenSSH_9.2\r\n')
    })
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const address = mute.address()
    const port = typeof address === 'object' ? address?.port : 0
    const other = createUpstreamClient(new URL(`http://127.0.0.1:${port}`), limits)
    const asked = other.ask({ tenant: 'T', path: '/v1/engagements/T', authorization, mostBytes: 100 })
    await expect(asked).rejects.toMatchObject({ kind: 'unreadable' })
    expect(connections.count).toBe(1)
    await other.close()
    mute.close()
  })

  it('of a host whose certificate nobody vouches for is that nothing is said to it', async () => {
    const asked: string[] = []
    const host = createTlsServer(selfSigned, ({ url = '' }, response) => {
      asked.push(url)
      response.end('{}')
    })
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const address = host.address()
    const port = typeof address === 'object' ? address?.port : 0
    const other = createUpstreamClient(new URL(`https://localhost:${port}`), limits)
    const answer = other.ask({ tenant: 'T', path: '/v1/engagements/T', authorization, mostBytes: 100 })
    await expect(answer).rejects.toMatchObject({ kind: 'unreadable' })
    expect(asked).toEqual([])
    await other.close()
    host.close()
  })

  it('says nothing of what the upstream wrote, nor of what it was asked with', async () => {
    upstream.weather = () => ({ kind: 'html' })
    const error: unknown = await ask().catch((failure: unknown) => failure)
    expect(String(error)).toContain('text/html')
    expect(String(error)).not.toMatch(/proxy|token|engagements/)
  })
})

describe('a short storm', () => {
  it('is sat out', async () => {
    upstream.weather = () => (upstream.asked.length < 3 ? { kind: 'reset' } : { kind: 'fair' })
    expect(await outcome()).toBe(200)
    expect(upstream.asked).toHaveLength(3)
  })

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2000).toUTCString()],
  ])('is waited for where the upstream says for how long, in %s', async (_, retryAfter) => {
    client = createUpstreamClient(new URL(upstream.origin), { ...limits, answerMs: 5000 })
    const asked: number[] = []
    upstream.weather = () => {
      asked.push(Date.now())
      if (asked.length > 1) return { kind: 'fair' }
      return { kind: 'status', status: 429, headers: { 'retry-after': retryAfter() } }
    }
    expect(await outcome()).toBe(200)
    const [first = 0, second = 0] = asked
    expect(second - first).toBeGreaterThanOrEqual(950)
  })

  it('of one tenant puts off nobody else, and the upstream is not asked meanwhile', async () => {
    upstream.weather = ({ url }) =>
      url.endsWith('/T')
        ? { kind: 'status', status: 429, headers: { 'retry-after': '60' } }
        : { kind: 'status', status: 403 }
    expect(await outcome()).toBe('busy')
    for (let n = 0; n < 5; n++) expect(await outcome()).toBe('busy')
    expect(upstream.asked).toHaveLength(1)
    expect(await ask('Other')).toEqual({ status: 403 })
    const error = await ask().catch((failure: unknown) => failure)
    expect(error).toMatchObject({ kind: 'busy', retryAfterMs: expect.any(Number) })
    expect((error as SourceFailure).retryAfterMs).toBeGreaterThan(50_000)
  })
})

describe('a dead upstream', () => {
  it.each<[string, Weather]>([
    ['ends connections', { kind: 'reset' }],
    ['answers 500', { kind: 'status', status: 500 }],
  ])('that %s is asked no more than its people ask, and then hardly at all', async (_, weather) => {
    upstream.weather = () => weather
    const outcomes: unknown[] = []
    for (let n = 0; n < 50; n++) outcomes.push(await outcome())
    expect(upstream.asked.length).toBeLessThanOrEqual(limits.failures + 1)
    expect(outcomes.at(-1)).toBe('resting')
  })

  it('is asked once for each of many at the same time, at most', async () => {
    upstream.weather = () => ({ kind: 'reset' })
    await Promise.all(Array.from({ length: 100 }, outcome))
    expect(upstream.asked.length).toBeLessThanOrEqual(110)
  })

  it('is probed with one question, and asked by all when it is back', async () => {
    upstream.weather = () => ({ kind: 'reset' })
    await outcome()
    expect(await outcome()).toBe('resting')
    const before = upstream.asked.length
    const askedSince = async () => {
      expect(await outcome()).toBe('resting')
      return upstream.asked.length - before
    }
    await expect.poll(askedSince, { interval: 20 }).toBe(1)
    expect(await askedSince()).toBe(1)
    upstream.weather = () => ({ kind: 'fair' })
    await expect.poll(() => outcome(), { interval: 20, timeout: 5000 }).toBe(200)
    expect(await Promise.all(Array.from({ length: 20 }, outcome))).toEqual(Array(20).fill(200))
  })

  it('is found out by one, while the others are not kept waiting', async () => {
    upstream.weather = () => ({ kind: 'reset' })
    await outcome()
    upstream.weather = () => ({ kind: 'slow', ms: 400 })
    await expect.poll(() => Promise.all([outcome(), outcome(), outcome()]), { interval: 20 }).toContain(200)
    expect(await outcome()).toBe(200)
  })
})
