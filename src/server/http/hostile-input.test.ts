/** Whatever is sent, in every place of every route: never our failure, and a refusal says what was wrong. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { allRoutes as routes } from '../../contract/all-routes.ts'
import { hostileValues, percentEncoded } from '../test-support/hostile-values.ts'
import { type RawConnection, rawConnection } from '../test-support/raw-connection.ts'
import { exchange, type RawAnswer } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let server: RunningServer
let token: string
/** What a part of a path is called in the fixture. */
let names: Readonly<Record<string, string>>

beforeAll(async () => {
  server = await startServer()
  const file = path.join(server.folder, 'a.webm')
  await writeFile(file, Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex'))
  const held = await server.media.takeIn('T', 'call', 'a.webm', file)
  const engagement = {
    id: 'call',
    status: 'successful',
    users: [{ uri: 'ana@x.example' }],
    associateInitiated: true,
  }
  await server.store.writer.write('T', [{ engagement, held: [held] }])
  names = { tenant: 'T', id: 'call', recordingId: held.id }
  token = (await server.bearer('T', 'admin')).authorization
})
afterAll(() => server.stop())

interface Asked {
  /** GET unless said. */
  readonly method?: string
  readonly url: string
  readonly fields?: readonly string[]
  readonly body?: string
  /** Well-formed HTTP whose query alone is in question: a 400 has to name parameters. */
  readonly query?: boolean
}

const targets = Object.entries(routes).map(([name, route]) => ({
  name,
  path: route.path,
  /** What a handler asks for before it looks at anything else. */
  needs: name === 'auth' ? 'grant_type=password&' : '',
  parameters: 'query' in route ? Object.keys(route.query.params) : [],
}))

function filled(pattern: string, given: Readonly<Record<string, string>> = {}): string {
  return pattern.replace(/:(\w+)/g, (_, part: string) => given[part] ?? names[part] ?? 'x')
}

function textOf({ method = 'GET', url, fields = [], body = '' }: Asked): string {
  const has = (name: string) => fields.some((field) => field.toLowerCase().startsWith(`${name}:`))
  const lines = [
    `${method} ${url} HTTP/1.1`,
    ...(has('host') ? [] : ['Host: h']),
    ...(has('authorization') ? [] : [`Authorization: ${token}`]),
    ...fields,
    ...(body === '' ? [] : [`Content-Length: ${body.length}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** What holds a line break may be two requests, so its connection is its own. */
function send(asked: Asked, kept: RawConnection): Promise<RawAnswer> {
  const breaks = /[\r\n]/.test([asked.url, ...(asked.fields ?? [])].join())
  return breaks ? sendAlone(asked) : kept.ask(textOf(asked))
}

function sendAlone(asked: Asked): Promise<RawAnswer> {
  return exchange(server.origin, textOf({ ...asked, fields: ['Connection: close', ...(asked.fields ?? [])] }))
}

const leaks =
  /SQLITE|sqlite3?_|no such (?:table|column)|syntax error|node_modules|node:|\n\s+at |\.ts:\d|FST_|HPE_|ERR_/

const leaksIn = (text: string) =>
  leaks.test(text) || text.includes(server.folder) || text.includes(process.cwd())

/** Bodies in which nothing leaks: some are long, and come thousands of times. */
const faultless = new Set<string>()

/** @returns what is wrong with an answer, in words */
function faultOf({ method, query = false }: Asked, { status, headers, body }: RawAnswer): string | undefined {
  if (status < 200 || status > 499) return `status ${status}`
  if (leaksIn(JSON.stringify(headers)) || (!faultless.has(body) && leaksIn(body)))
    return `leaks: ${JSON.stringify(headers)}${body}`
  if (status < 400) faultless.add(body)
  if ('x-injected' in headers) return 'a header was injected'
  if (status < 400 || method === 'HEAD') return undefined
  if (!headers['content-type']?.startsWith('application/problem+')) return `type ${headers['content-type']}`
  if (headers['content-type'].includes('xml')) return /<detail>[^<]+</.test(body) ? undefined : body
  const told = JSON.parse(body)
  if (told.status !== status || typeof told.detail !== 'string' || told.detail === '') return body
  const named = told.errors?.every((error: Record<string, unknown>) => error.message && 'parameter' in error)
  if (status === 400 && query && !(told.errors?.length > 0 && named)) return `names no parameter: ${body}`
  return undefined
}

async function faultsOf(all: readonly Asked[]): Promise<string[]> {
  const faults: string[] = []
  const rest = all.values()
  const worker = async () => {
    const kept = rawConnection(server.origin)
    for (const asked of rest) {
      const fault = await send(asked, kept).then(
        (answer) => faultOf(asked, answer),
        (error: unknown) => String(error),
      )
      if (fault !== undefined) faults.push(`${JSON.stringify(asked).slice(0, 300)}: ${fault}`)
    }
    kept.close()
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  return faults.slice(0, 20)
}

it('has many values to try, none twice', () => {
  expect(new Set(hostileValues).size).toBe(hostileValues.length)
  expect(hostileValues.length).toBeGreaterThan(200)
})

/** Escaped, a longer one makes the whole address too long. */
const longestEscaped = 6000

it.each(targets)(
  'in every parameter of $name, and as the name of one',
  async ({ path: pattern, parameters, needs }) => {
    const url = `${filled(pattern)}?${needs}`
    const [first = 'x'] = parameters
    const all = hostileValues.flatMap((value): Asked[] => {
      const query = value.length < longestEscaped
      return [
        ...parameters.map((name) => ({ url: `${url}${name}=${percentEncoded(value)}`, query })),
        { url: `${url}${percentEncoded(value)}=1`, query },
        { url: `${url}${first}=${value}` },
      ]
    })
    expect(await faultsOf(all)).toEqual([])
  },
)

it.each(targets)('by the number of parameters of $name', async ({ path: pattern, parameters }) => {
  const url = filled(pattern)
  const many = (one: (n: number) => string) =>
    `${url}?${Array.from({ length: 1000 }, (_, n) => one(n)).join('&')}`
  const all: Asked[] = [
    ...['x', ...parameters].flatMap((name) => [`${url}?${name}=&${name}=`, many(() => `${name}=1`)]),
    ...[many((n) => `p${n}=${n}`), many(() => '__proto__=1'), many(() => ''), many(() => '=')],
  ].map((full) => ({ url: full, query: true }))
  const tooLong = ['?', '?x=', '/'].map((start) => ({ url: url + start + 'a'.repeat(20_000) }))
  expect(await faultsOf([...all, ...tooLong, { url: `${url}/${'../'.repeat(6000)}` }])).toEqual([])
})

it.each(targets)('in every part of the path of $name', async ({ path: pattern }) => {
  const parts = [...pattern.matchAll(/:(\w+)/g)].map(([, part = '']) => part)
  const all = parts.flatMap((part) =>
    hostileValues.flatMap((value) =>
      [percentEncoded(value), value].flatMap((text) => {
        const url = filled(pattern, { [part]: text })
        return [{ url }, { url, method: 'DELETE' }]
      }),
    ),
  )
  expect(await faultsOf(all)).toEqual([])
})

const headerNames = [
  ...[
    'Authorization',
    'Accept',
    'Cookie',
    'Range',
    'If-None-Match',
    'If-Match',
    'If-Range',
    'Content-Type',
    'Origin',
  ],
  ...['Host', 'Accept-Encoding', 'Expect'],
]

it.each(targets)('in every header to $name', async ({ name: route, path: pattern, needs }) => {
  const url = `${filled(pattern)}?${needs}`
  const turn = targets.findIndex(({ name }) => name === route)
  // In pairs: each value in each header, each value and each header to each route. All three of them together in a third of
  // the cases, as how a header is read hangs little on the route.
  const all = hostileValues.flatMap((value, n) =>
    headerNames
      .filter((_, m) => (n + m + turn) % 3 === 0)
      .map((name) => ({ url, fields: [`${name}: ${value}`] })),
  )
  expect(await faultsOf(all)).toEqual([])
})

it('in the body, its type and what else comes with a POST', async () => {
  const own = ['Origin: http://h', 'Content-Type: application/json']
  const json = (value: string) => JSON.stringify(Buffer.from(value, 'latin1').toString('utf8'))
  const all = hostileValues.flatMap((value): Asked[] => [
    { url: '/session', method: 'POST', fields: own, body: value },
    // Without a password nobody's is hashed.
    { url: '/session', method: 'POST', fields: own, body: `{"tenant":${json(value)},${json(value)}:1}` },
    { url: '/session', method: 'POST', fields: ['Origin: http://h', `Content-Type: ${value}`], body: '{}' },
    { url: '/session', method: 'POST', fields: [`Origin: ${value}`], body: '{}' },
    { url: '/session', method: 'DELETE', fields: own, body: value },
  ])
  expect(await faultsOf(all)).toEqual([])
})

it('and everything is as it was', async () => {
  const list = await sendAlone({ url: '/v1/engagements/T?status=all' })
  expect(JSON.parse(list.body)).toMatchObject({ hasMore: false, engagements: [{ id: 'call' }] })
  expect(await sendAlone({ url: filled(routes.recording.path) })).toMatchObject({ status: 200 })
  expect(await sendAlone({ url: '/readyz' })).toMatchObject({ status: 200 })
  expect(Object.keys({})).toEqual([])
  expect(Reflect.get({}, 'a')).toBeUndefined()
  expect(server.log.text).not.toContain('request failed')
})
