/** Signing in as a program does (`/v1/auth`), and as the page does (`/session`). */
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const password = 'correct horse é battery'
let server: RunningServer

beforeAll(async () => {
  server = await startServer()
  await server.store.accounts.add({ tenant: 'T', email: 'Ana@x.example', role: 'admin', password })
  await server.store.accounts.add({
    tenant: 'WithClients',
    email: 'ana@x.example',
    role: 'supervisor',
    password,
  })
  await server.store.accounts.addClient('WithClients', 'crm', 'crm-secret')
})
afterAll(() => server.stop())

function basic(name: string, secret: string) {
  return { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` }
}

async function ask(search: string, headers: Record<string, string>, tenant = 'T') {
  const response = await fetch(`${server.origin}/v1/auth/${tenant}${search}`, { headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('GET /v1/auth', () => {
  it('gives a token that opens the tenant, in the reference’s form', async () => {
    const { status, body } = await ask('?grant_type=password&state=xyz', basic('ANA@x.example', password))
    expect(status).toBe(200)
    expect(body).toMatchObject({ expires_in: '1200', state: 'xyz', token_type: 'Bearer' })
    expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'id_token', 'state', 'token_type'])
    expect(decodeJwt(body.id_token)).toMatchObject({ sub: 'ana@x.example', aud: 'hindsight' })
    const headers = { authorization: `Bearer ${body.access_token}` }
    expect((await fetch(`${server.origin}/v1/engagements/T`, { headers })).status).toBe(200)
    // An id_token tells who somebody is; it opens nothing.
    const idToken = { authorization: `Bearer ${body.id_token}` }
    expect((await fetch(`${server.origin}/v1/engagements/T`, { headers: idToken })).status).toBe(401)
  })

  it.each([
    ['a wrong password', '?grant_type=password', basic('ana@x.example', 'wrong'), 'T'],
    ['an unknown user', '?grant_type=password', basic('bob@x.example', password), 'T'],
    ['an unknown tenant', '?grant_type=password', basic('ana@x.example', password), 'Nowhere'],
    ['no Basic at all', '?grant_type=password', {}, 'T'],
    [
      'no client where some are registered',
      '?grant_type=password',
      basic('ana@x.example', password),
      'WithClients',
    ],
    ['a program that is not registered', '?grant_type=client_credentials', basic('crm', 'crm-secret'), 'T'],
    ['a program’s wrong secret', '?grant_type=client_credentials', basic('crm', 'wrong'), 'WithClients'],
  ])('refuses %s', async (_, search, headers, tenant) => {
    const answer = await ask(search, headers, tenant)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*Basic /)
    expect(answer.body).toMatchObject({ type: 'urn:problem:hindsight:wrong-credentials' })
  })

  it('checks the client once a tenant has registered some', async () => {
    const credentials = encodeURIComponent(Buffer.from('crm:crm-secret').toString('base64'))
    const headers = basic('ana@x.example', password)
    expect(
      (await ask(`?grant_type=password&credentials=${credentials}`, headers, 'WithClients')).status,
    ).toBe(200)
    const wrong = encodeURIComponent(Buffer.from('crm:other').toString('base64'))
    expect((await ask(`?grant_type=password&credentials=${wrong}`, headers, 'WithClients')).status).toBe(401)
    expect(
      (await ask('?grant_type=client_credentials', basic('crm', 'crm-secret'), 'WithClients')).status,
    ).toBe(200)
  })

  it.each([
    ['', 'missing'],
    ['?grant_type=', 'unknown word'],
    ['?grant_type=magic', 'unknown word'],
    ['?grant_type=password&grant_type=password', 'given more than once'],
  ])('says once what is wrong with the grant_type of %j', async (search, wrong) => {
    const { status, body } = await ask(search, basic('ana@x.example', password))
    expect(status).toBe(400)
    expect(body.errors).toHaveLength(1)
    expect(body.errors[0].parameter).toBe('grant_type')
    expect(body.errors[0].message).toMatch(
      new RegExp(`^${wrong}; expected (grant_type=)?password(,| or) (grant_type=)?client_credentials$`),
    )
  })

  it.each([['?grant_type=password&credentials=%25%25', 'credentials']])(
    'names what is wrong with %j',
    async (search, parameter) => {
      const { status, body } = await ask(search, basic('ana@x.example', password))
      expect(status).toBe(400)
      expect(body.errors[0].parameter).toBe(parameter)
    },
  )

  it('says how a + is written', async () => {
    const unescaped = Buffer.from('crm:~~~>').toString('base64')
    expect(unescaped).toContain('+')
    const search = `?grant_type=password&credentials=${unescaped}`
    const { body } = await ask(search, basic('ana@x.example', password))
    expect(body.errors[0].message).toContain('written %2B')
  })

  it.each([
    '?grant_type=password&credentials=top-secret&credentials=top-secret',
    '?grant_type=password&credentials=top-secret%zz',
    `?grant_type=password&credentials=top-secret${'x'.repeat(5000)}`,
    '?grant_type=password&credential=top-secret',
    '?grant_type=password&username=ana&password=top-secret',
  ])('gives back no secret of %s', async (search) => {
    const { status, body } = await ask(search, basic('ana@x.example', password))
    expect(status).toBe(400)
    expect(JSON.stringify(body)).not.toContain('top-secret')
    expect(body.errors.at(-1)).toMatchObject({
      parameter: /(?:&)(\w+)=top/.exec(search)?.[1],
      value: '(hidden)',
    })
  })
})

describe('the page’s session', () => {
  const signIn = (
    body: unknown,
    headers: Record<string, string> = { origin: server.origin },
    at = server.origin,
  ) =>
    fetch(`${at}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const right = { tenant: 'T', email: 'ana@x.example', password }

  it('is a sealed cookie that scripts cannot read, and opens the API', async () => {
    const response = await signIn(right)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ user: { tenant: 'T', email: 'ana@x.example', role: 'admin' } })
    const set = response.headers.getSetCookie()[0] ?? ''
    expect(set).toMatch(/^hindsight=.+; Max-Age=1200; Path=\/; HttpOnly; SameSite=Strict$/)
    const cookie = set.split(';', 1)[0] ?? ''
    expect(cookie).not.toContain(Buffer.from('ana@x.example').toString('base64url'))
    const page = await fetch(`${server.origin}/v1/engagements/T`, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect((await fetch(`${server.origin}/v1/engagements/Other`, { headers: { cookie } })).status).toBe(403)
    const session = await fetch(`${server.origin}/session`, { headers: { cookie } })
    expect(await session.json()).toEqual({ user: { tenant: 'T', email: 'ana@x.example', role: 'admin' } })
  })

  it('says that nobody is signed in', async () => {
    const response = await fetch(`${server.origin}/session`, { headers: { cookie: 'hindsight=changed' } })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({})
  })

  it('is renewed while in use, ends when it is not, and ends after a working day all the same', async () => {
    const minute = 60_000
    const first = await signIn(right)
    let cookie = first.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    const begun = cookie
    let alive = 0
    for (let at = 0; at < 14 * 60 * minute; at += 10 * minute) {
      server.clock.offsetMs = at
      const response = await fetch(`${server.origin}/session`, { headers: { cookie } })
      if (!('user' in (await response.json()))) break
      alive = at
      cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? cookie
    }
    const stale = await fetch(`${server.origin}/session`, { headers: { cookie: begun } })
    server.clock.offsetMs = 0
    expect(await stale.json()).toEqual({})
    expect(alive).toBeGreaterThan(12 * 60 * minute - 1)
    expect(alive).toBeLessThan(12 * 60 * minute + 30 * minute)
  })

  it('goes when signing out', async () => {
    const response = await fetch(`${server.origin}/session`, {
      method: 'DELETE',
      headers: { origin: server.origin },
    })
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie()[0]).toMatch(/^hindsight=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
  })

  it('refuses wrong words without saying which were wrong', async () => {
    const answers = await Promise.all(
      [
        { ...right, password: 'wrong' },
        { ...right, email: 'bob@x.example' },
        { ...right, tenant: 'Nowhere' },
      ].map(async (body) => {
        const response = await signIn(body)
        const challenge = response.headers.get('www-authenticate')
        return { status: response.status, challenge, text: await response.text() }
      }),
    )
    expect(answers[0]).toMatchObject({ status: 401, challenge: 'Bearer realm="hindsight"' })
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('names the fields that are missing, and shows none of the values', async () => {
    const response = await signIn({ tenant: 'T', password, extra: 1 })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(text).toContain('"email"')
    expect(text).not.toContain(password)
  })

  it('takes state-changing calls from its own page only', async () => {
    expect((await signIn(right, {})).status).toBe(403)
    expect((await signIn(right, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await signIn(right, { origin: 'null' })).status).toBe(403)
    const form = await fetch(`${server.origin}/session`, {
      method: 'POST',
      headers: { origin: server.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'tenant=T',
    })
    expect(form.status).toBe(415)
    expect((await fetch(`${server.origin}/session`, { method: 'DELETE' })).status).toBe(403)
  })

  it('is Secure and bound to the host when the page is reached over TLS', async () => {
    const behindTls = await startServer({ publicUrl: new URL('https://hindsight.example') })
    try {
      await behindTls.store.accounts.add({
        tenant: 'T',
        email: 'ana@x.example',
        role: 'supervisor',
        password,
      })
      const response = await signIn(right, { origin: 'https://hindsight.example' }, behindTls.origin)
      expect(response.headers.getSetCookie()[0]).toMatch(
        /^__Host-hindsight=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      )
      expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
    } finally {
      await behindTls.stop()
    }
  })
})

it('logs every request and no secret of any', async () => {
  const { body } = await ask(
    '?grant_type=password&credentials=c2VjcmV0Om5ldmVy',
    basic('ana@x.example', password),
  )
  await fetch(`${server.origin}/v1/engagements/T?user=ana@x.example`, {
    headers: { authorization: `Bearer ${body.access_token}`, cookie: 'hindsight=sealed-text' },
  })
  await fetch(`${server.origin}/livez`)
  const requests = server.log.text
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).request ?? [])
  expect(requests.some(({ path, status }) => path === '/v1/auth/T' && status === 200)).toBe(true)
  expect(requests.some(({ path, tenant }) => path === '/v1/engagements/T' && tenant === 'T')).toBe(true)
  expect(requests.some(({ path }) => path === '/livez')).toBe(false)
  for (const secret of [
    password,
    'horse',
    'c2VjcmV0Om5ldmVy',
    body.access_token,
    'sealed-text',
    'crm-secret',
    'ana@x',
  ])
    expect(server.log.text).not.toContain(secret)
})

it.each(['/livez', '/v1/engagements/T', '/nothing'])('lets a browser run nothing of %s', async (path) => {
  const { headers } = await fetch(server.origin + path)
  expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

it('tells the browser to trust nothing but itself', async () => {
  const { headers } = await fetch(`${server.origin}/session`)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-frame-options')).toBe('DENY')
})
