/** Signing in where the accounts are an upstream's: over HTTP, as the page and programs do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type FakeUpstream,
  fakeClient,
  startFakeUpstream,
} from '../../test-support/upstream/fake-upstream.ts'
import { type RunningFront, startFront } from '../../test-support/upstream/running-front.ts'

let upstream: FakeUpstream
let front: RunningFront

beforeEach(async () => {
  upstream = await startFakeUpstream()
  front = await startFront(upstream.origin)
})
afterEach(async () => {
  await front.stop()
  await upstream.stop()
})

const session = async (headers: Record<string, string>) =>
  (await fetch(`${front.origin}/session`, { headers })).json()
const page = (headers: Record<string, string>) => fetch(`${front.origin}/v1/engagements/T`, { headers })

describe('a person', () => {
  it('is signed in by the upstream, with the tenant’s client, and told when that ends', async () => {
    const beganMs = Date.now()
    const answer = await front.signIn({ ...upstream.account, email: 'ANA@x.example' })
    expect(answer.status).toBe(401)
    const right = await front.signIn(upstream.account)
    expect(right.status).toBe(200)
    const told = await right.json()
    expect(told).toMatchObject({ user: { tenant: 'T', email: 'ana@x.example', role: 'supervisor' } })
    expect(Date.parse(told.ends) - beganMs).toBeGreaterThan(1_199_000)
    expect(Date.parse(told.ends) - beganMs).toBeLessThan(1_210_000)
    const [cookie = ''] = right.headers.getSetCookie()
    expect(cookie).toMatch(/^hindsight=\S+; Max-Age=(1199|1200); Path=\/; HttpOnly; SameSite=Strict$/)
    expect(await session({ cookie: cookie.split(';', 1)[0] ?? '' })).toEqual(told)
  })

  it('leaves nothing of password, client or token in any answer, cookie or log', async () => {
    const answer = await front.signIn(upstream.account)
    const cookie = await front.cookie(upstream.account)
    await front.signIn({ ...upstream.account, password: 'a wrong password' })
    await page(cookie)
    const credentials = Buffer.from(`${fakeClient.id}:${fakeClient.secret}`).toString('base64')
    const seen = [
      JSON.stringify([...answer.headers]),
      await answer.text(),
      JSON.stringify(await session(cookie)),
      Buffer.from(cookie.cookie.split('.')[3] ?? '', 'base64url').toString('latin1'),
      front.log.text,
    ].join('\n')
    for (const secret of [
      upstream.account.password,
      'a wrong password',
      credentials,
      fakeClient.secret,
      'token-of',
    ])
      expect(seen).not.toContain(secret)
    for (const base64 of [upstream.account.password, fakeClient.secret])
      expect(seen).not.toContain(Buffer.from(base64).toString('base64').slice(0, 20))
    expect(upstream.asked[0]?.url).toContain('credentials=')
  })

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['another tenant', { tenant: 'Other' }],
    ['a tenant that is a word of ours', { tenant: 'count' }],
    ['a tenant that leads elsewhere', { tenant: '../../admin' }],
    ['a name that has a colon', { email: 'ana@x.example:correct' }],
  ])('is refused with %s', async (_, wrong) => {
    const answer = await front.signIn({ ...upstream.account, ...wrong })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ type: 'urn:problem:hindsight:wrong-credentials' })
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(upstream.asked.every(({ url }) => url.startsWith('/v1/auth/'))).toBe(true)
  })

  it('may guess no more than anywhere else', async () => {
    for (let n = 0; n < 10; n++) await front.signIn({ ...upstream.account, password: `guess ${n}` })
    const asked = upstream.asked.length
    expect((await front.signIn(upstream.account)).status).toBe(429)
    expect(upstream.asked.length).toBe(asked)
  })

  it('is held up by no weather of the upstream', async () => {
    upstream.weather = () => ({ kind: 'status', status: 500 })
    for (let n = 0; n < 15; n++) expect((await front.signIn(upstream.account)).status).toBeGreaterThan(500)
    upstream.weather = () => ({ kind: 'fair' })
    await expect.poll(async () => (await front.signIn(upstream.account)).status).toBe(200)
  })

  it.each([
    ['1200', 1200],
    [600, 600],
    [null, 1200],
    [999_999_999, 12 * 3600],
  ])('stays for expires_in %j', async (expiresIn, seconds) => {
    upstream.expiresIn = expiresIn
    const { ends } = await (await front.signIn(upstream.account)).json()
    expect(Math.round((Date.parse(ends) - Date.now()) / 1000)).toBeGreaterThanOrEqual(seconds - 5)
    expect(Math.round((Date.parse(ends) - Date.now()) / 1000)).toBeLessThanOrEqual(seconds)
  })

  it.each([['soon'], [-1], [0], [{}]])(
    'is not signed in by an answer of expires_in %j',
    async (expiresIn) => {
      upstream.expiresIn = expiresIn
      const answer = await front.signIn(upstream.account)
      expect(answer.status).toBe(502)
      expect(answer.headers.getSetCookie()).toEqual([])
    },
  )

  it.each([
    ['no token', {}],
    ['a token that would be a header of its own', { access_token: 'x\r\nx-evil: 1', expires_in: '1200' }],
    ['a token longer than a cookie', { access_token: 'x'.repeat(3000), expires_in: '1200' }],
    ['something else', []],
  ])('is not signed in by an answer with %s', async (_, body) => {
    upstream.weather = () => ({ kind: 'status', status: 200, body: JSON.stringify(body) })
    expect((await front.signIn(upstream.account)).status).toBe(502)
  })
})

describe('a session', () => {
  it('ends with the upstream’s token, and is not renewed', async () => {
    const cookie = await front.cookie(upstream.account)
    front.clock.offsetMs = 1_190_000
    expect((await page(cookie)).status).toBe(200)
    const before = await fetch(`${front.origin}/session`, { headers: cookie })
    expect(before.headers.getSetCookie()).toEqual([])
    expect(await before.json()).toMatchObject({ user: { email: 'ana@x.example' } })
    front.clock.offsetMs = 1_201_000
    expect((await page(cookie)).status).toBe(401)
    expect(await session(cookie)).toEqual({})
  })

  it('ends when the upstream takes its token no more', async () => {
    const cookie = await front.cookie(upstream.account)
    upstream.weather = () => ({ kind: 'status', status: 401 })
    const refused = await page(cookie)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer /)
    const asked = upstream.asked.length
    expect((await page(cookie)).status).toBe(401)
    expect(await session(cookie)).toEqual({})
    expect(upstream.asked.length).toBe(asked)
  })

  it('opens nothing once it is changed, nor as a token', async () => {
    const { cookie } = await front.cookie(upstream.account)
    const middle = Math.floor(cookie.length / 2)
    const changed = `${cookie.slice(0, middle)}${cookie[middle] === 'A' ? 'B' : 'A'}${cookie.slice(middle + 1)}`
    expect((await page({ cookie: changed })).status).toBe(401)
    expect((await page({ authorization: `Bearer ${cookie.slice('hindsight='.length)}` })).status).toBe(401)
  })

  it('is of its tenant alone', async () => {
    const cookie = await front.cookie(upstream.account)
    const asked = upstream.asked.length
    const other = await fetch(`${front.origin}/v1/engagements/Other`, { headers: cookie })
    expect(other.status).toBe(403)
    expect(upstream.asked.length).toBe(asked)
  })

  it('ends by signing out', async () => {
    const cookie = await front.cookie(upstream.account)
    const out = await fetch(`${front.origin}/session`, {
      method: 'DELETE',
      headers: { ...cookie, origin: front.origin },
    })
    expect(out.status).toBe(204)
    expect(out.headers.getSetCookie()[0]).toMatch(/^hindsight=;/)
  })
})

describe('a program', () => {
  const { email, password } = { email: 'ana@x.example', password: 'correct horse é battery' }
  const basic = { authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` }

  it('gets a token of ours, which holds the upstream’s out of its reach', async () => {
    const answer = await fetch(`${front.origin}/v1/auth/T?grant_type=password`, { headers: basic })
    const { access_token: token, expires_in: seconds } = await answer.json()
    expect(Number(seconds)).toBeGreaterThan(1190)
    expect(token).not.toContain('token-of-the-upstream')
    expect((await page({ authorization: `Bearer ${token}` })).status).toBe(200)
    expect(upstream.asked.at(-1)?.headers.authorization).toMatch(/^Bearer token-of-the-upstream\./)
  })

  it('that names another client than ours is refused by the upstream', async () => {
    const credentials = encodeURIComponent(Buffer.from('crm:wrong').toString('base64'))
    const path = `/v1/auth/T?grant_type=password&credentials=${credentials}`
    expect((await fetch(front.origin + path, { headers: basic })).status).toBe(401)
  })
})
