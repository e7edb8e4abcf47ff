import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../contract/problem.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  const batch = Array.from({ length: 25 }, (_, n) => ({
    engagement: {
      startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString().replace('.000', ''),
      id: `call ${n}/ü`,
      duration: n,
      users: [{ uri: `u${n % 5}@x.example` }],
      status: n % 5 === 0 ? 'unsuccessful' : 'successful',
      associateInitiated: false,
    },
    held: [],
  }))
  await server.store.writer.write('T', batch)
  await server.store.writer.write('Other', batch)
})
afterAll(() => server.stop())

async function list(search: string) {
  const response = await fetch(`${server.origin}/v1/engagements/T${search}`, { headers })
  return { status: response.status, body: await response.json() }
}

describe('a page', () => {
  it('is ten of the newest successful ones by default', async () => {
    const { status, body } = await list('')
    expect(status).toBe(200)
    expect(body.hasMore).toBe(true)
    expect(body.engagements).toHaveLength(10)
    expect(Object.keys(body.engagements[0])).toEqual([
      'startDate',
      'id',
      'duration',
      'users',
      'status',
      'associateInitiated',
    ])
    expect(body.engagements[0].id).toBe('call 24/ü')
  })

  it('goes on where the last one ended, and says when there is no more', async () => {
    const { body } = await list('?status=all&limit=10&offset=20&sort=oldest')
    expect(body.engagements.map(({ id }: { id: string }) => id)).toEqual([
      'call 20/ü',
      'call 21/ü',
      'call 22/ü',
      'call 23/ü',
      'call 24/ü',
    ])
    expect(body.hasMore).toBe(false)
  })

  it('takes repeated users, in either case', async () => {
    const { body } = await list('?user=U1@x.example&user=u2%40x.example&limit=100')
    expect(body.engagements).toHaveLength(10)
  })

  it('carries the reference’s status line, its media type and no-cache', async () => {
    const answer = await new Promise<{
      message: string | undefined
      type: string | undefined
      cache: string | undefined
    }>((resolve, reject) => {
      request(`${server.origin}/v1/engagements/T`, { headers }, (response) => {
        response.resume()
        const { 'content-type': type, 'cache-control': cache } = response.headers
        resolve({ message: response.statusMessage, type, cache })
      })
        .on('error', reject)
        .end()
    })
    expect(answer).toEqual({
      message: 'Looks Good',
      type: 'application/json; charset=utf-8',
      cache: 'private, no-cache',
    })
  })
})

describe('one engagement', () => {
  it('is found by its id, however odd', async () => {
    const response = await fetch(`${server.origin}/v1/engagements/T/${encodeURIComponent('call 3/ü')}`, {
      headers,
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ id: 'call 3/ü', duration: 3 })
  })

  it('is a 404 when there is none', async () => {
    const response = await fetch(`${server.origin}/v1/engagements/T/none`, { headers })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ type: 'urn:problem:hindsight:not-found', status: 404 })
  })
})

it('suggests users, by prefix', async () => {
  const response = await fetch(`${server.origin}/v1/users/T?startsWith=U3`, { headers })
  expect(await response.json()).toEqual({ users: [{ uri: 'u3@x.example' }] })
})

describe('bad input', () => {
  it.each([
    ['?limit=0', ['limit']],
    ['?status=foo&sort=bar', ['status', 'sort']],
    ['?offset=3', ['offset']],
    ['?user=%E0%A4%A', ['user']],
    ['?user=%ff@x.example', ['user']],
    ['?staus=all', ['staus']],
    ['?limit=1&limit=2', ['limit']],
    ['?startAfter=2018-02-30', ['startAfter']],
    ['?endAfter=2019-01-01&endBefore=2018-01-01', ['endBefore']],
  ])('%s is a 400 that names what was wrong', async (search, parameters) => {
    const { status, body } = await list(search)
    expect(status).toBe(400)
    expect(body).toMatchObject({ type: 'urn:problem:hindsight:invalid-parameter', status: 400 })
    expect(body.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(parameters)
  })

  it('says so where no parameter is taken', async () => {
    const response = await fetch(`${server.origin}/v1/engagements/T/x?limit=1`, { headers })
    expect((await response.json()).detail).toBe('limit=1: unknown parameter; there are none here')
  })

  it('answers 406 with what there is', async () => {
    const response = await fetch(`${server.origin}/v1/engagements/T`, {
      headers: { ...headers, accept: 'text/html' },
    })
    expect(response.status).toBe(406)
    expect(((await response.json()) as Problem).detail).toContain('application/json')
  })

  it('answers an unknown address with a problem', async () => {
    const response = await fetch(`${server.origin}/v1/nothing?secret=1`, { headers })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(((await response.json()) as Problem).detail).toBe('Nothing is served at /v1/nothing')
  })
})

describe('tenants apart', () => {
  it('gives another tenant’s token the same answer as for no tenant at all', async () => {
    const answers = await Promise.all(
      ['Other', 'NoSuchTenant'].map(async (tenant) => {
        const response = await fetch(`${server.origin}/v1/engagements/${tenant}?limit=0`, { headers })
        const challenge = response.headers.get('www-authenticate')
        return { status: response.status, challenge, body: await response.text() }
      }),
    )
    expect(answers[0]).toMatchObject({
      status: 403,
      challenge: 'Bearer realm="hindsight", error="insufficient_scope"',
    })
    expect(answers[0]).toEqual(answers[1])
  })

  it('asks for a token, and says so by RFC 6750', async () => {
    const bare = await fetch(`${server.origin}/v1/engagements/T`)
    expect(bare.status).toBe(401)
    expect(bare.headers.get('www-authenticate')).toBe('Bearer realm="hindsight"')
    const wrong = await fetch(`${server.origin}/v1/engagements/T`, {
      headers: { authorization: 'Bearer nonsense' },
    })
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"')
    const basic = await fetch(`${server.origin}/v1/engagements/T`, {
      headers: { authorization: 'Basic YTpi' },
    })
    expect(basic.status).toBe(401)
    expect(basic.headers.get('www-authenticate')).toBe('Bearer realm="hindsight"')
    expect((await basic.json()).detail).toMatch(/^This needs an access token/)
  })

  it('ends a token after twenty minutes', async () => {
    const issuedMs = Date.now()
    const token = await server.bearer('T')
    const ask = async () =>
      (await fetch(`${server.origin}/v1/engagements/T?limit=1`, { headers: token })).status
    expect(await ask()).toBe(200)
    server.clock.offsetMs = 1199_000 - (Date.now() - issuedMs)
    expect(await ask()).toBe(200)
    server.clock.offsetMs = 1201_000
    expect(await ask()).toBe(401)
    server.clock.offsetMs = 0
  })
})

it('says that it lives and is ready', async () => {
  expect((await fetch(`${server.origin}/livez`)).status).toBe(200)
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200)
})
