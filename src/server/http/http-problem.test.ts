/** Everything that goes wrong before a handler runs is a problem too, on whatever it takes to send one. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange, type RawAnswer } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
})
afterAll(() => server.stop())

/** A request whose lines and body are given, and which asks for the connection to be closed. */
function raw(start: string, fields: readonly string[] = ['Host: h'], body = ''): Promise<RawAnswer> {
  return exchange(server.origin, [start, ...fields, 'Connection: close', '', body].join('\r\n'))
}

function expectProblem(answer: RawAnswer, status: number, detail: RegExp) {
  expect(answer).toMatchObject({
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      date: expect.stringMatching(/ GMT$/),
    },
  })
  const body = JSON.parse(answer.body)
  expect(body).toMatchObject({ status, type: expect.stringMatching(/^urn:problem:hindsight:/) })
  expect(body.detail).toMatch(detail)
  expect(answer.body).not.toMatch(/node:|\.[jt]s:\d|FST_|HPE_/)
}

describe('a method that a path does not have', () => {
  it.each([
    ['POST', '/v1/engagements/T?limit=1', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/v1/users/T', 'GET, HEAD, OPTIONS'],
    ['TRACE', '/livez', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/v1/recordings/T/x', 'GET, HEAD, OPTIONS'],
    ['PUT', '/session', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['BREW', '/session', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['CONNECT', 'h:80', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
  ])('%s %s is a 405 that names those it has', async (method, url, allow) => {
    const answer = await raw(`${method} ${url} HTTP/1.1`)
    expectProblem(answer, 405, new RegExp(`^${method} is not served here; served are ${allow}`))
    expect(answer.headers.allow).toBe(allow)
  })

  it('is a 405 whatever the body', async () => {
    for (const type of ['text/plain', 'application/json', 'nonsense']) {
      const fields = ['Host: h', `Content-Type: ${type}`, 'Content-Length: 1']
      expectProblem(await raw('PUT /session HTTP/1.1', fields, '{'), 405, /^PUT is not served/)
    }
  })

  it('is a 404 where nothing is served by any method', async () => {
    expectProblem(await raw('PUT /v1/nothing/at/all HTTP/1.1'), 404, /^Nothing is served at/)
    expectProblem(await raw('OPTIONS /v1/nothing/at/all HTTP/1.1'), 404, /^Nothing is served at/)
  })
})

it.each([
  ['/v1/engagements/T', 'GET, HEAD, OPTIONS'],
  ['/session', 'GET, HEAD, POST, DELETE, OPTIONS'],
  ['*', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
])('answers OPTIONS %s with the methods', async (url, allow) => {
  expect(await raw(`OPTIONS ${url} HTTP/1.1`)).toMatchObject({ status: 204, headers: { allow }, body: '' })
})

it('knows the methods of the page, too', async () => {
  const pageDir = path.join(server.folder, 'page')
  await mkdir(path.join(pageDir, 'assets'), { recursive: true })
  await writeFile(path.join(pageDir, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(path.join(pageDir, 'assets', 'a.js'), '')
  const withPage = await startServer({ pageDir })
  try {
    for (const url of ['/', '/T/engagements?limit=1', '/assets/a.js']) {
      const put = await fetch(withPage.origin + url, { method: 'PUT' })
      const options = await fetch(withPage.origin + url, { method: 'OPTIONS' })
      expect([put.status, options.status, options.headers.get('allow')]).toEqual([
        405,
        204,
        'GET, HEAD, OPTIONS',
      ])
    }
    for (const url of ['/nowhere', '/v1/nothing', '/assets/b.js'])
      expect((await fetch(withPage.origin + url, { method: 'PUT' })).status).toBe(404)
    await rm(path.join(pageDir, 'assets', 'a.js'))
    expect((await fetch(`${withPage.origin}/assets/a.js`)).status).toBe(404)
    expect((await fetch(`${withPage.origin}/%zz`, { headers: { accept: 'text/html' } })).status).toBe(400)
  } finally {
    await withPage.stop()
  }
})

describe('what is too large', () => {
  it('is a 414 for the address, in one packet or several', async () => {
    for (const length of [20_000, 40_000]) {
      expectProblem(
        await raw(`GET /v1/engagements/T?user=${'a'.repeat(length)} HTTP/1.1`),
        414,
        /path and query/,
      )
      expectProblem(await raw(`GET /${'a'.repeat(length)} HTTP/1.1`), 414, /path and query/)
    }
    const pieces = Array.from({ length: 20 }, () => 'a'.repeat(1000))
    const answer = await exchange(server.origin, 'GET /livez?', ...pieces, ' HTTP/1.1\r\nHost: h\r\n\r\n')
    expectProblem(answer, 414, /path and query/)
  })

  it('is no error yet where every user may be given, as long as may be', async () => {
    const users = Array.from({ length: 50 }, (_, n) => `user=${'u'.repeat(310)}${n}@x.yz`).join('&')
    const response = await fetch(`${server.origin}/v1/engagements/T?${users}`, { headers })
    expect(response.status).toBe(200)
  })

  it('is a 431 for the headers', async () => {
    expectProblem(
      await raw('GET /livez HTTP/1.1', ['Host: h', `X: ${'a'.repeat(40_000)}`]),
      431,
      /bytes at most/,
    )
    const many = Array.from({ length: 3000 }, (_, n) => `X-${n}: ${n}0000`)
    expectProblem(await raw('GET /livez HTTP/1.1', ['Host: h', ...many]), 431, /bytes at most/)
  })

  it('is a 413 for a body', async () => {
    const fields = ['Host: h', `Origin: http://h`, 'Content-Type: application/json', 'Content-Length: 20000']
    expectProblem(await raw('POST /session HTTP/1.1', fields, 'x'.repeat(20_000)), 413, /too large/)
  })
})

describe('a body that is not read', () => {
  const origin = ['Host: h', 'Origin: http://h']
  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['x', 415],
    ['application/json', 400],
  ])('of %s is a %i', async (type, status) => {
    const fields = [...origin, `Content-Type: ${type}`, 'Content-Length: 6']
    expectProblem(await raw('POST /session HTTP/1.1', fields, '{"a":}'), status, /./)
  })

  it.each([
    ['POST /session', 400],
    ['DELETE /session', 204],
    ['POST /livez', 405],
    ['PUT /nothing', 404],
    ['GET /livez', 200],
  ])('is not waited for where none comes: %s', async (start, status) => {
    const answer = await raw(`${start} HTTP/1.1`, [...origin, 'Content-Type: application/json'])
    expect(answer.status).toBe(status)
  })

  it.each([
    ['POST /session', 400, /Expected a JSON object/],
    ['DELETE /session', 204, /^$/],
  ])('is none where its length is 0: %s', async (start, status, told) => {
    const fields = [...origin, 'Content-Type: application/json', 'Content-Length: 0']
    const answer = await raw(`${start} HTTP/1.1`, fields)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(told)
  })

  it('with a poisoned prototype is a 400', async () => {
    const body = '{"__proto__":{"role":"admin"}}'
    const fields = [...origin, 'Content-Type: application/json', `Content-Length: ${body.length}`]
    expectProblem(await raw('POST /session HTTP/1.1', fields, body), 400, /prototype/)
  })
})

describe('what is not HTTP', () => {
  it.each([
    ['two Host headers', 'GET /livez HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n', /exactly one Host/],
    ['no Host header', 'GET /livez HTTP/1.1\r\n\r\n', /exactly one Host/],
    ['a Host that is none', 'GET /livez HTTP/1.1\r\nHost: a b/c\r\n\r\n', /exactly one Host/],
    ['no request line', 'hello\r\n\r\n', /does not begin with a method/],
    ['a greeting of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /does not begin with a method/],
    ['a method in lower case', 'get /livez\r\nHost: h\r\n\r\n', /does not begin with a method/],
    ['a version of its own', 'GET /livez HTTP/9.9\r\nHost: h\r\n\r\n', /HTTP\/1\.1 or HTTP\/1\.0/],
    ['no version', 'GET /livez nonsense\r\nHost: h\r\n\r\n', /HTTP\/1\.1 or HTTP\/1\.0/],
    ['a control character in a header', 'GET /livez HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n', /header/],
    ['a header without a name', 'GET /livez HTTP/1.1\r\nHost: h\r\n: b\r\n\r\n', /header/],
    ['a folded header', 'GET /livez HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n', /header/],
    [
      'a length that is none',
      'POST /session HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n',
      /Content-Length/,
    ],
    [
      'two lengths',
      'POST /session HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /Content-Length is given twice/,
    ],
    [
      'a length beside chunks',
      'POST /session HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /Content-Length|Transfer-Encoding/,
    ],
    [
      'an encoding that does not end in chunked',
      'POST /session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n',
      /Transfer-Encoding/,
    ],
    [
      'a chunk of no size',
      'POST /session HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
      /chunk/,
    ],
  ])('%s: a 400 that says so and ends the connection', async (_, bytes, detail) => {
    const answer = await exchange(server.origin, bytes)
    expectProblem(answer, 400, detail)
    expect(answer.headers.connection).toBe('close')
  })

  it.each([
    ['a header that is none', '', 'X y: z', 400],
    ['headers that are too large', '', `X: ${'a'.repeat(40_000)}`, 431],
    ['a length that is none', '', 'Content-Length: x', 400],
    ['a header that is none, after another request', 'GET /livez HTTP/1.1\r\nHost: h\r\n\r\n', 'X y: z', 400],
  ])('has no body for HEAD: %s', async (_, before, field, status) => {
    const ask = (method: string) =>
      exchange(server.origin, `${before}${method} /livez HTTP/1.1\r\nHost: h\r\n${field}\r\n\r\n`)
    const [got, headed] = [await ask('GET'), await ask('HEAD')]
    expect(`${got.status} ${got.body}`).toMatch(new RegExp(`${status}[^]*urn:problem`))
    expect(`${headed.status} ${headed.body}`).toContain(String(status))
    expect(headed.body).not.toContain('urn:problem')
  })

  it('is told from the requests before it on the connection, which have their answers first', async () => {
    const good = `GET /v1/engagements/T HTTP/1.1\r\nHost: h\r\nAuthorization: ${headers.authorization}\r\n\r\n`
    const bad = 'BREW /session HTTP/1.1\r\nHost: h\r\n\r\n'
    for (const pieces of [[good + good + bad], [good, good, bad]]) {
      const { status, body } = await exchange(server.origin, ...pieces)
      expect(status).toBe(200)
      expect(body.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 405'])
      expect(body).toContain('BREW is not served here')
    }
  })

  it('has one answer, however much follows', async () => {
    const junk = Array.from({ length: 50 }, () => '\x00'.repeat(5000))
    const { body } = await exchange(server.origin, 'nonsense\r\n\r\n', ...junk)
    expect(body.match(/urn:problem/g)).toHaveLength(1)
  })

  it('is logged, with no byte of it, and the server goes on', async () => {
    await exchange(server.origin, 'top-secret-nonsense\r\n\r\n')
    expect(server.log.text).toContain('"msg":"refused what is not HTTP"')
    expect(server.log.text).not.toContain('top-secret')
    expect((await fetch(`${server.origin}/livez`)).status).toBe(200)
  })
})

it('answers an expectation it cannot meet', async () => {
  expectProblem(await raw('GET /livez HTTP/1.1', ['Host: h', 'Expect: tea']), 417, /100-continue/)
})

it('logs a path that the router refuses', async () => {
  await raw('GET /refused%?token=secret HTTP/1.1')
  expect(server.log.text).toMatch(/"path":"\/refused%","status":400,"ms":[\d.]+/)
})

it.each(['/v1/engagements/T%zz', '/v1/engagements/%ff', '/%', '/v1/recordings/T/%C0%AF?x=1'])(
  'answers the path %s with a 400 that says why',
  async (path) => expectProblem(await raw(`GET ${path} HTTP/1.1`), 400, /percent-encoded UTF-8/),
)

it('takes no token twice', async () => {
  const twice = [`Authorization: ${headers.authorization}`, `Authorization: ${headers.authorization}`]
  expectProblem(await raw('GET /v1/engagements/T HTTP/1.1', ['Host: h', ...twice]), 401, /not one of ours/)
})

it('comes in the family that was asked for, on broken connections too', async () => {
  const wantsXml = ['Host: h', 'Accept: application/xml']
  for (const answer of [
    await raw('GET /v1/nothing HTTP/1.1', wantsXml),
    await raw('GET /livez HTTP/1.1', [...wantsXml, 'Content-Length: twelve']),
    await raw('BREW /livez HTTP/1.1', wantsXml),
    await raw('CONNECT h:80 HTTP/1.1', wantsXml),
    await raw('POST /session HTTP/1.1', [...wantsXml, 'Expect: miracles']),
  ]) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers['content-type']).toBe('application/problem+xml; charset=utf-8')
    expect(answer.body).toMatch(
      /^<\?xml .*\n<problem xmlns="[^"]+"><type>.*<detail>[^<]+<\/detail><\/problem>/,
    )
  }
})
