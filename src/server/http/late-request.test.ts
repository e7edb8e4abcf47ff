/** Requests that never arrive whole: each is given up in words, and its connection ends. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exchange } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer({
    patience: { headersMs: 300, wholeMs: 600, checkEveryMs: 50, stillMs: 60_000 },
  })
})
afterAll(() => server.stop())

const post = 'POST /session HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\nContent-Type: application/json\r\n'
const wantsXml = 'Accept: application/xml\r\n'

it.each<[string, readonly string[], 'json' | 'xml']>([
  ['nothing at all', [''], 'json'],
  ['half a request line', ['GET /liv'], 'json'],
  ['headers without an end', ['GET /livez HTTP/1.1\r\nHost: h\r\n', wantsXml], 'json'],
  ['a body shorter than its length', [`${post}Content-Length: 100\r\n\r\n`, '{"tenant":'], 'json'],
  ['a body of another family', [`${post}${wantsXml}Content-Length: 100\r\n\r\n`, '{"tenant":'], 'xml'],
  ['chunks without an end', [`${post}${wantsXml}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n{\r\n'], 'xml'],
])('%s: a 408', async (_, pieces, family) => {
  const answer = await exchange(server.origin, ...pieces)
  expect(answer).toMatchObject({
    status: 408,
    headers: {
      'content-type': `application/problem+${family}; charset=utf-8`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
    },
  })
  expect(answer.body).toContain('The request did not arrive whole in time.')
  expect(answer.body).toContain('urn:problem:hindsight:request-timeout')
})

it('goes on answering those who are quick, on connections that were quiet in between', async () => {
  const ask = 'GET /livez HTTP/1.1\r\nHost: h\r\n'
  const answer = await exchange(server.origin, `${ask}\r\n`, `${ask}Connection: close\r\n\r\n`)
  expect(answer.status).toBe(200)
  expect(answer.body.match(/HTTP\/1\.1 200/g)).toHaveLength(1)
})

it('looks for the family in the headers of a body that is broken, whatever packet they came in', async () => {
  const { hostname, port } = new URL(server.origin)
  const socket = connect(Number(port), hostname)
  socket.write(`${post}${wantsXml}Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n`)
  // The headers have been read by now.
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /)
  socket.write('zz\r\nAccept: application/json\r\n')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('content-type: application/problem+xml; charset=utf-8')
})

it('answers who asks while the server stops, in its own form', async () => {
  const stopping = await startServer()
  const { hostname, port } = new URL(stopping.origin)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const answer = text(socket)
  await new Promise((sent) => socket.write('GET /v1/engagements/T HTTP/1.1\r\nHost: h\r\n', sent))
  await exchange(stopping.origin, 'GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
  const stopped = stopping.stop()
  // Nobody new is let in any more.
  await expect
    .poll(() => fetch(`${stopping.origin}/livez`).catch((error: Error) => String(error.cause)))
    .toContain('ECONNREFUSED')
  socket.write('Connection: close\r\n\r\n')
  expect(await answer).toMatch(/^HTTP\/1\.1 401 [\s\S]*urn:problem:hindsight:/)
  await stopped
})
