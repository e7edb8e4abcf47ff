/**
 * A Live Experience host for tests: a real HTTP server on a port of its own, which speaks the API of the reference and
 * nothing of ours. Its dialect and its weather are chosen per test.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  countQuery,
  type EngagementQuery,
  engagementQuery,
} from '../../../contract/query/engagement-query.ts'
import { type OracleRow, oracle } from '../engagement-oracle.ts'
import { type Dialect, dialects } from './dialects.ts'
import { type Weather, weatherTakes } from './weather.ts'

export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
}

interface FakeAccount {
  readonly tenant: string
  readonly email: string
  readonly password: string
}

interface FakeMedia {
  readonly bytes: Buffer
  readonly type: string
  readonly breakAfter?: number
  readonly after?: Promise<void>
}

export interface FakeUpstream {
  readonly origin: string
  /** Every request that came, answered or not, in order. */
  readonly asked: Asked[]
  /** Connections that are open. */
  connections(): Promise<number>
  /** Makes an access token of a tenant, as a sign-in does. */
  token(tenant: string): string
  /** Takes all tokens back. */
  expire(): void
  readonly account: FakeAccount
  /** Which rows there are, and how they are written. */
  rows: readonly OracleRow[]
  dialect: Dialect
  /** A page as it is about to be written, to be changed by a test. */
  rewritePage: (page: { readonly hasMore: boolean; readonly engagements: readonly unknown[] }) => unknown
  weather: (asked: Asked) => Weather
  /** What this host has beyond the list, as a text to answer with; absent: it knows no such address. */
  count: ((count: number) => unknown) | undefined
  /** The seconds that a token is said to be good for. */
  expiresIn: unknown
  /** Recordings by their path. `breakAfter`: so many bytes, then the connection ends. `after`: nothing is answered before. */
  readonly media: Map<string, FakeMedia>
  stop(): Promise<void>
}

/** Goes with every answer, and must never come through. */
export const upstreamSecrets = {
  'set-cookie': 'upstream-session=cookie-of-the-upstream; Path=/',
  'x-api-key': 'key-of-the-upstream',
  server: 'upstream/1.2.3',
} as const

export const fakeClient = { id: 'client-of-premier', secret: 'secret: of the client' } as const

/** @param onPort 0 takes any free one */
export async function startFakeUpstream(onPort = 0): Promise<FakeUpstream> {
  const tokens = new Map<string, string>()
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const fake: FakeUpstream = {
    origin: `http://127.0.0.1:${port}`,
    asked: [],
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, open) => (error ? reject(error) : resolve(open))),
      ),
    token(tenant) {
      const token = `token-of-the-upstream.${randomUUID()}`
      tokens.set(token, tenant)
      return token
    },
    expire: () => tokens.clear(),
    account: { tenant: 'T', email: 'ana@x.example', password: 'correct horse é battery' },
    rows: [],
    dialect: dialects.plain,
    rewritePage: (page) => page,
    weather: () => ({ kind: 'fair' }),
    count: undefined,
    expiresIn: '1200',
    media: new Map(),
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const asked = { method, url, headers }
    fake.asked.push(asked)
    for (const [name, value] of Object.entries(upstreamSecrets)) response.setHeader(name, value)
    if (!(await weatherTakes(fake.weather(asked), request, response))) return
    const { pathname, searchParams } = new URL(url, fake.origin)
    const [, tenant = ''] = /^\/v1\/(?:auth|engagements|engagements\/count)\/([^/]+)$/.exec(pathname) ?? []
    if (pathname.startsWith('/v1/auth/')) return signIn(response, headers.authorization, tenant, searchParams)
    const media = fake.media.get(pathname)
    const held = tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
    if (held === undefined) return refuse(response, 401)
    await media?.after
    if (media !== undefined) return sendMedia(response, media, headers.range, method)
    if (tenant === '') return refuse(response, 404)
    if (held !== tenant) return refuse(response, 403)
    if (!pathname.includes('/count/')) return sendPage(response, searchParams)
    if (fake.count === undefined) return refuse(response, 404)
    const { values, errors } = countQuery.read(searchParams)
    if (errors.length > 0) return refuse(response, 400)
    const { count } = oracle(fake.rows, { ...engagementQuery.defaults, ...values })
    sendJson(response, fake.count(count))
  }

  function signIn(
    response: ServerResponse,
    authorization: string | undefined,
    tenant: string,
    query: URLSearchParams,
  ): void {
    const basic = (name: string, secret: string) => Buffer.from(`${name}:${secret}`).toString('base64')
    const { account, expiresIn } = fake
    const right =
      tenant === account.tenant &&
      authorization === `Basic ${basic(account.email, account.password)}` &&
      query.get('credentials') === basic(fakeClient.id, fakeClient.secret) &&
      query.get('grant_type') === 'password'
    if (!right) refuse(response, 401)
    else
      sendJson(response, {
        access_token: fake.token(tenant),
        expires_in: expiresIn,
        id_token: 'x',
        token_type: 'Bearer',
      })
  }

  function sendPage(response: ServerResponse, search: URLSearchParams): void {
    const { values, errors } = engagementQuery.read(search)
    // The reference knows neither of the two, and has dates without zone or fraction.
    const foreign = values.status === 'all' || values.asOf !== undefined
    const odd = ['startAfter', 'startBefore', 'endAfter', 'endBefore'].some(
      (name) => search.has(name) && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/.test(search.get(name) ?? ''),
    )
    if (errors.length > 0 || foreign || odd) refuse(response, 400)
    else sendJson(response, fake.rewritePage(pageOf(values)))
  }

  function pageOf(query: EngagementQuery) {
    const { hasMore, ids } = oracle(fake.rows, query)
    const byId = new Map(fake.rows.map((row) => [row.id, row]))
    const rows = ids.flatMap((id) => byId.get(id) ?? [])
    return { hasMore, engagements: rows.map((row) => fake.dialect(row)) }
  }

  return fake
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`refused with ${status} /var/lib/upstream`)
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function sendMedia(
  response: ServerResponse,
  { bytes, type, breakAfter }: FakeMedia,
  range: string | undefined,
  method: string,
): void {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const first = Number(from)
  if (first >= bytes.length && from !== '') {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const last = to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1)
  const piece = bytes.subarray(first, last + 1)
  const ranged = from !== '' && { 'content-range': `bytes ${first}-${last}/${bytes.length}` }
  response.writeHead(ranged ? 206 : 200, {
    'content-type': type,
    'content-length': piece.length,
    'accept-ranges': 'bytes',
    etag: '"of-the-upstream"',
    ...ranged,
  })
  if (method === 'HEAD') response.end()
  else if (breakAfter === undefined) response.end(piece)
  else response.write(piece.subarray(0, breakAfter), () => response.socket?.destroy())
}
