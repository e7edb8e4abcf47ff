/** One address, in each of the forms in which a request may name it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exchange } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let authorization: string

beforeAll(async () => {
  server = await startServer()
  authorization = (await server.bearer('T', 'admin')).authorization
  const engagement = { id: 'call', status: 'successful', associateInitiated: false }
  await server.store.writer.write('T', [{ engagement, held: [] }])
})
afterAll(() => server.stop())

function ask(target: string, { method = 'GET', fields = ['Host: h'], version = 'HTTP/1.1' } = {}) {
  const head = [`${method} ${target} ${version}`, ...fields, `Authorization: ${authorization}`]
  return exchange(server.origin, [...head, 'Connection: close', '', ''].join('\r\n'))
}

it.each([
  'http://h/v1/engagements/T?limit=1',
  'HTTP://other.example:81/v1/engagements/T?limit=1',
  'https://h/v1/engagements/T?limit=1',
  '/v1/%65ngagements/%54?limit=1',
])('GET %s is the page', async (target) => {
  const answer = await ask(target)
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body).engagements).toHaveLength(1)
  expect(answer.headers.etag).toBe(
    target.includes('%') ? answer.headers.etag : (await ask('/v1/engagements/T?limit=1')).headers.etag,
  )
})

it('is read and refused by its path, whatever stands before', async () => {
  const wrong = await ask('http://h/v1/engagements/T?limit=0')
  expect(JSON.parse(wrong.body).errors).toMatchObject([{ parameter: 'limit', value: '0' }])
  for (const target of ['http://h/nowhere?x', 'http://h', 'http://h?x=/v1/engagements/T'])
    expect((await ask(target)).status).toBe(404)
  expect(JSON.parse((await ask('http://h/nowhere?x')).body).detail).toBe('Nothing is served at /nowhere')
})

it.each(['*', 'ftp://h/v1/engagements/T', 'h/v1/engagements/T'])('is not %s', async (target) => {
  const answer = await ask(target)
  expect(answer).toMatchObject({ status: 400, headers: { connection: 'close' } })
  expect(answer.headers['content-type']).toContain('problem')
})

it('has the methods that its path has', async () => {
  for (const target of ['http://h/v1/engagements/T', '/v1/%65ngagements/T']) {
    const allow = 'GET, HEAD, OPTIONS'
    expect(await ask(target, { method: 'OPTIONS' })).toMatchObject({ status: 204, headers: { allow } })
    expect(await ask(target, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow } })
  }
})

it('names the host, and needs a header beside it from HTTP/1.1 on', async () => {
  const named = async (target: string, fields: string[], version?: string) => {
    const answer = await ask(target, { fields, ...(version !== undefined && { version }) })
    return /# Link,[^,\r\n]*?(http:\/\/[^/]*)/.exec(answer.body)?.[1] ?? answer.status
  }
  const exported = 'http://other.example/v1/engagements/export/T'
  expect(await named(exported, ['Host: h'])).toBe('http://other.example')
  expect(await named(exported, [], 'HTTP/1.0')).toBe('http://other.example')
  expect(await named(exported, [])).toBe(400)
  expect(await named(exported, ['Host: a', 'Host: b'])).toBe(400)
  expect(await named(exported.replace('other', 'me@other'), ['Host: h'])).toBe(400)
})

it.each(['count', 'histogram', 'sample', 'export'])(
  'takes the word %s for no tenant, by any method',
  async (word) => {
    const allow = 'GET, HEAD, OPTIONS'
    for (const method of ['DELETE', 'PUT', 'POST']) {
      const answer = await ask(`/v1/engagements/${word}/T`, { method })
      expect(answer).toMatchObject({ status: 405, headers: { allow } })
    }
    const options = await ask(`/v1/engagements/${word}/T`, { method: 'OPTIONS' })
    expect(options).toMatchObject({ status: 204, headers: { allow } })
    const one = await ask(`/v1/engagements/T/${word}`, { method: 'OPTIONS' })
    expect(one.headers.allow).toBe('GET, HEAD, DELETE, OPTIONS')
  },
)
