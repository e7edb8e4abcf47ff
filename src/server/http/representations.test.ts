/** What the API answers in, asked over real sockets. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { rawRequest } from '../test-support/raw-request.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const password = 'correct horse battery'
const basic = `Basic ${Buffer.from(`ana@x.example:${password}`).toString('base64')}`
const list = '/v1/engagements/T?status=all&limit=100'
let server: RunningServer
let bearer: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  bearer = await server.bearer('T')
  await server.store.accounts.add({ tenant: 'T', email: 'ana@x.example', role: 'supervisor', password })
  const batch = Array.from({ length: 30 }, (_, n) => ({
    engagement: {
      id: `call ${n}`,
      startDate: `2026-01-01T00:00:${String(n + 10)}Z`,
      endDate: n % 3 === 0 ? undefined : '2026-01-01T00:02:00.250Z',
      duration: n + 0.5,
      pendingTime: 0.25,
      contents: 'AUDIO',
      context: `{"n":${n},"odd":"<&>\u0001\u{1f600}"}`,
      users: [{ uri: `u${n}@x.example`, association: 'CREATOR' }, { uri: 'ana@x.example' }],
      recordings: n % 2 === 0 ? [{ uri: 'https://x.example/r', size: 12, duration: 1.5 }, {}] : [],
      status: n % 4 === 0 ? 'unsuccessful' : 'successful',
      associateInitiated: n % 5 === 0,
    },
    held: [],
  }))
  await server.store.writer.write('T', batch)
})
afterAll(() => server.stop())

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  rawRequest(server.origin + path, { ...bearer, ...headers }, method)

describe('XML', () => {
  it.each(['application/xml', 'text/xml'])('as %s obeys the schema that we serve', async (accept) => {
    const schema = await rawRequest(`${server.origin}/v1/engagementListV1.xsd`)
    expect(schema.status).toBe(200)
    const paths = [list, '/v1/engagements/T?startAfter=2027-01-01', '/v1/engagements/T/call%203']
    const answers = await Promise.all(paths.map((path) => ask(path, { accept })))
    for (const { status, headers } of answers) {
      expect(status).toBe(200)
      expect(headers['content-type']).toBe(`${accept}; charset=utf-8`)
    }
    const { errors } = await validateXML({
      xml: answers.map(({ body }, n) => ({ fileName: `answer${n}.xml`, contents: body })),
      schema: schema.body.toString(),
    })
    expect(errors).toEqual([])
  })

  it('has the rows of the JSON, in their order', async () => {
    const json = JSON.parse((await ask(list)).body.toString())
    const xml = (await ask(list, { accept: 'text/xml' })).body.toString()
    expect([...xml.matchAll(/<id>([^<]*)</g)].map(([, id]) => id)).toEqual(
      json.engagements.map(({ id }: { id: string }) => id),
    )
    expect(xml).toContain('<hasMore>false</hasMore>')
    expect(xml).toContain('<context>{"n":0,"odd":"&lt;&amp;&gt;\u{fffd}\u{1f600}"}</context>')
  })

  it.each([
    ['/v1/users/T?startsWith=u1', 'peopleV1', {}],
    ['/v1/auth/T?grant_type=password', 'accessTokenV1', { authorization: basic }],
  ])('is there for %s too', async (path, root, headers) => {
    const { status, body } = await ask(path, { ...headers, accept: 'application/xml' })
    expect(status).toBe(200)
    expect(body.toString()).toMatch(new RegExp(`^<\\?xml version="1.0" encoding="UTF-8"\\?>\n<${root}>`))
  })
})

describe('negotiation', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json;q=0.1, application/*;q=0.5', 'application/xml'],
    ['text/*;q=0.3, application/json;q=0.2', 'text/xml'],
    ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', 'application/xml'],
  ])('Accept: %s', async (accept, type) => {
    const { status, headers } = await ask(list, accept === undefined ? {} : { accept })
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: `${type}; charset=utf-8` })
    expect(headers.vary).toBe('Accept, Accept-Encoding, Authorization, Cookie')
    expect(headers['cache-control']).toBe('private, no-cache')
  })

  it.each([list, '/v1/engagements/T/call%203', '/v1/users/T', '/v1/auth/T?grant_type=password'])(
    'answers %s with 406 and what there is when none will do',
    async (path) => {
      const { status, body } = await ask(path, { accept: 'text/csv, application/json;q=0' })
      expect(status).toBe(406)
      expect(JSON.parse(body.toString()).detail).toBe(
        'Available here: application/json, application/xml, text/xml.',
      )
    },
  )

  it.each([
    [undefined, 'json'],
    ['application/json', 'json'],
    ['text/html', 'json'],
    ['application/problem+json, text/xml;q=0.5', 'json'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['application/problem+xml', 'xml'],
  ])('tells of problems in the family asked for: %s', async (accept, family) => {
    const { headers, body } = await ask('/v1/nothing', accept === undefined ? {} : { accept })
    expect(headers['content-type']).toBe(`application/problem+${family}; charset=utf-8`)
    expect(body.toString()).toMatch(family === 'xml' ? /<status>404<\/status>/ : /"status":404/)
  })
})

describe('compression', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip;q=0.2, identity', undefined],
    ['br;q=0', undefined],
  ])('Accept-Encoding: %s gives %s', async (accepted, coding) => {
    const plain = await ask(list)
    const { headers, body } = await ask(list, { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBe(coding)
    const open = { br: brotliDecompressSync, gzip: gunzipSync, none: (bytes: Buffer) => bytes }
    expect(open[coding === 'br' || coding === 'gzip' ? coding : 'none'](body)).toEqual(plain.body)
    if (coding !== undefined) expect(body.length).toBeLessThan(plain.body.length / 3)
  })

  it('leaves small answers as they are', async () => {
    const { headers } = await ask('/v1/engagements/T?limit=1', { 'accept-encoding': 'br' })
    expect(headers['content-encoding']).toBeUndefined()
  })
})

it.each([{}, { accept: 'application/xml' }, { 'accept-encoding': 'gzip' }, { accept: 'text/html' }])(
  'answers HEAD as GET, without the body: %j',
  async (headers: Record<string, string>) => {
    const [get, head] = await Promise.all([ask(list, headers), ask(list, headers, 'HEAD')])
    const { date: _get, ...got } = get.headers
    const { date: _head, ...headed } = head.headers
    expect(headed).toEqual(got)
    expect({ status: head.status, bytes: head.body.length }).toEqual({ status: get.status, bytes: 0 })
  },
)

it.each([
  ['/livez', '<live><live>true</live></live>'],
  ['/readyz', '<ready><ready>true</ready></ready>'],
  ['/session', '<session></session>'],
])('answers %s as XML where that is asked for, and is never kept', async (address, body) => {
  const response = await fetch(server.origin + address, { headers: { accept: 'text/xml' } })
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toContain(body)
})
