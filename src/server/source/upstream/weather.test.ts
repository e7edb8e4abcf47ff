/** What whoever asks is told in each weather of the upstream, over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test-support/upstream/fake-upstream.ts'
import { type RunningFront, startFront } from '../../test-support/upstream/running-front.ts'
import type { Weather } from '../../test-support/upstream/weather.ts'

let upstream: FakeUpstream
let front: RunningFront
let headers: { cookie: string }

beforeEach(async () => {
  upstream = await startFakeUpstream()
  upstream.rows = [{ id: 'a', status: 'successful', associateInitiated: false }]
  front = await startFront(upstream.origin)
  headers = await front.cookie(upstream.account)
  upstream.asked.length = 0
})
afterEach(async () => {
  await front.stop()
  await upstream.stop()
})

const ask = () => fetch(`${front.origin}/v1/engagements/T`, { headers })

describe('a page', () => {
  it.each<[string, Weather, number, string]>([
    ['that ends the connection', { kind: 'reset' }, 502, 'upstream-failed'],
    ['that is silent', { kind: 'silent' }, 504, 'upstream-late'],
    ['that stalls in its answer', { kind: 'stalling' }, 504, 'upstream-late'],
    ['that breaks off', { kind: 'broken-off' }, 502, 'upstream-failed'],
    ['of HTML', { kind: 'html' }, 502, 'upstream-failed'],
    ['of half a JSON', { kind: 'cut-json' }, 502, 'upstream-failed'],
    ['without an end', { kind: 'endless' }, 502, 'upstream-failed'],
    ['of a gigabyte', { kind: 'promised', bytes: 2 ** 30 }, 502, 'upstream-failed'],
    ['that fails', { kind: 'status', status: 500, body: 'SELECT secret' }, 502, 'upstream-failed'],
    ['behind a gateway that fails', { kind: 'status', status: 502 }, 502, 'upstream-failed'],
    [
      'that sends elsewhere',
      { kind: 'status', status: 307, headers: { location: 'http://169.254.169.254/' } },
      502,
      'upstream-failed',
    ],
  ])('from an upstream %s', async (_, weather, status, kind) => {
    upstream.weather = () => weather
    const beganMs = performance.now()
    const answer = await ask()
    expect(performance.now() - beganMs).toBeLessThan(4000)
    const body = await answer.text()
    expect([answer.status, JSON.parse(body).type]).toEqual([status, `urn:problem:hindsight:${kind}`])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(`${body}${JSON.stringify([...answer.headers])}`).not.toMatch(/127\.0\.0\.1|SELECT|proxy|169\.254/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['seconds', () => '90'],
    ['a date', () => new Date(Date.now() + 90_500).toUTCString()],
  ])('from an upstream that wants fewer questions is told for how long, in %s', async (_, retryAfter) => {
    upstream.weather = () => ({ kind: 'status', status: 429, headers: { 'retry-after': retryAfter() } })
    const answer = await ask()
    expect(answer.status).toBe(503)
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(88)
    expect(seconds).toBeLessThanOrEqual(91)
    expect((await ask()).status).toBe(503)
    expect(upstream.asked).toHaveLength(1)
  })

  it('from an upstream that is gone is a problem at once, and comes back by itself', async () => {
    const { rows, account } = upstream
    const port = Number(new URL(upstream.origin).port)
    await upstream.stop()
    const beganMs = performance.now()
    for (let n = 0; n < 20; n++) expect([502, 503]).toContain((await ask()).status)
    expect(performance.now() - beganMs).toBeLessThan(3000)
    upstream = await startFakeUpstream(port)
    upstream.rows = rows
    // Its tokens went with it.
    const signedIn = async () => {
      const answer = await front.signIn(account)
      return answer.status
    }
    await expect.poll(signedIn, { timeout: 5000 }).toBe(200)
    headers = await front.cookie(account)
    expect((await ask()).status).toBe(200)
  })

  it('is told in XML to whoever asked for that', async () => {
    upstream.weather = () => ({ kind: 'html' })
    const answer = await fetch(`${front.origin}/v1/engagements/T`, {
      headers: { ...headers, accept: 'application/xml' },
    })
    expect(answer.status).toBe(502)
    expect(answer.headers.get('content-type')).toContain('application/problem+xml')
  })
})

it('asks a dead upstream at most a tenth more than it is asked', async () => {
  upstream.weather = () => ({ kind: 'reset' })
  const asked = 60
  for (let n = 0; n < asked; n++) await ask()
  await Promise.all(Array.from({ length: asked }, ask))
  expect(upstream.asked.length).toBeLessThanOrEqual(2 * asked * 1.1)
  // With the circuit open it is far less.
  expect(upstream.asked.length).toBeLessThan(asked / 2)
})

it('stays ready, and says who is signed in, whatever the upstream does', async () => {
  upstream.weather = () => ({ kind: 'reset' })
  await ask()
  expect((await fetch(`${front.origin}/readyz`)).status).toBe(200)
  const session = await fetch(`${front.origin}/session`, { headers })
  expect(await session.json()).toMatchObject({ user: { email: upstream.account.email } })
})

it('logs why, and no query, token or address of what was asked', async () => {
  upstream.weather = () => ({ kind: 'html' })
  await fetch(`${front.origin}/v1/engagements/T?user=someone%40x.example`, { headers })
  expect(front.log.text).toContain('text/html that is not JSON')
  expect(front.log.text).not.toMatch(/someone|token-of-the-upstream|Bearer/)
})
