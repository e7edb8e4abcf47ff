import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }

const call = (id: string, n: number) => ({
  engagement: {
    startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
    id,
    users: [{ uri: `u${n % 2}@x.example` }],
    status: n % 4 === 0 ? 'unsuccessful' : 'successful',
    associateInitiated: false,
  },
  held: [],
})

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  await server.store.writer.write(
    'T',
    Array.from({ length: 60 }, (_, n) => call(n === 7 ? 'sample' : `call ${n}`, n)),
  )
})
afterAll(() => server.stop())

async function sample(search: string, more: Readonly<Record<string, string>> = {}, tenant = 'T') {
  const response = await fetch(`${server.origin}/v1/engagements/sample/${tenant}${search}`, {
    headers: { ...headers, ...more },
  })
  const text = await response.text()
  return { status: response.status, text, headers: response.headers }
}
const idsOf = (text: string): string[] => JSON.parse(text).engagements.map(({ id }: { id: string }) => id)

it('draws ten, the same for the same seed and others for another', async () => {
  const { status, text } = await sample('?seed=1')
  expect(status).toBe(200)
  expect(JSON.parse(text).hasMore).toBe(false)
  expect(new Set(idsOf(text)).size).toBe(10)
  expect((await sample('?seed=1')).text).toBe(text)
  expect(idsOf((await sample('?seed=2')).text)).not.toEqual(idsOf(text))
  expect((await sample('?seed=0')).text).toBe((await sample('')).text)
})

it('draws from what the filter lets through, in the order asked for', async () => {
  const { text } = await sample('?status=unsuccessful&user=U0@x.example&limit=100&sort=oldest')
  expect(idsOf(text)).toEqual(Array.from({ length: 15 }, (_, n) => `call ${n * 4}`))
})

it('of a moment names the exact one, and is the same for good', async () => {
  const drawn = await sample('?asOf=now&limit=20&seed=5')
  const link = /<([^>]+)>; rel="canonical"/.exec(drawn.headers.get('link') ?? '')?.[1] ?? ''
  expect(link).toMatch(/^\/v1\/engagements\/sample\/T\?asOf=\d{4}-[^&]+&limit=20&seed=5$/)
  await server.store.writer.write(
    'T',
    Array.from({ length: 60 }, (_, n) => call(`later ${n}`, n)),
  )
  const again = await fetch(server.origin + link, { headers })
  expect(await again.text()).toBe(drawn.text)
  expect((await sample('?limit=20&seed=5')).text).not.toBe(drawn.text)
})

it('comes as XML, and not at all to whoever has it', async () => {
  const { text, headers: told } = await sample('?limit=2', { accept: 'application/xml' })
  expect(told.get('content-type')).toBe('application/xml; charset=utf-8')
  expect(text.match(/<engagements>/g)).toHaveLength(2)
  const etag = told.get('etag') ?? ''
  expect((await sample('?limit=2', { accept: 'application/xml', 'if-none-match': etag })).status).toBe(304)
})

it.each([
  ['?seed=x', 'seed'],
  ['?seed=1000000', 'seed'],
  ['?limit=0', 'limit'],
  ['?limit=101', 'limit'],
  ['?offset=0', 'offset'],
  ['?sort=random', 'sort'],
  ['?startAfter=2018-02-30', 'startAfter'],
])('%s is a 400 that names what was wrong', async (search, parameter) => {
  const { status, text } = await sample(search)
  expect(status).toBe(400)
  expect(JSON.parse(text).errors).toMatchObject([{ parameter }])
})

it('is in the audit, with what was asked', async () => {
  await sample('?seed=4711')
  const response = await fetch(`${server.origin}/v1/audit/T`, { headers: await server.bearer('T', 'admin') })
  const { events } = await response.json()
  expect(events).toContainEqual(expect.objectContaining({ action: 'sample', target: 'seed=4711' }))
})

it('is of the token’s tenant alone, and leaves an engagement that is called sample where it was', async () => {
  expect((await sample('', {}, 'Other')).status).toBe(403)
  const response = await fetch(`${server.origin}/v1/engagements/T/sample`, { headers })
  expect(await response.json()).toMatchObject({ id: 'sample' })
})
