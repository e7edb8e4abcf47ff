/** `asOf` over HTTP: answers of one moment, and the links that keep to it while others write. */
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 60_000 })

let server: RunningServer
let processes: HindsightProcesses
let authorization: string

beforeAll(async () => {
  server = await startServer()
  processes = hindsightProcesses(server.folder, server.env)
  authorization = (await server.bearer('T')).authorization
})
afterEach(() => processes.end())
afterAll(() => server.stop())

function call(id: string, n: number) {
  return {
    startDate: new Date(Date.UTC(2026, 0, 1, n % 40)).toISOString(),
    id,
    duration: n % 7,
    users: [{ uri: `u${n % 3}@x.example` }],
    status: n % 5 === 0 ? 'unsuccessful' : 'successful',
    associateInitiated: false,
  }
}
const calls = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => call(`${name} ${n}`, n))
const write = (tenant: string, engagements: readonly (EngagementV1 & { id: string })[]) =>
  server.store.writer.write(
    tenant,
    engagements.map((engagement) => ({ engagement, held: [] })),
  )

async function ask(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const response = await fetch(server.origin + address, { method, headers: { authorization, ...headers } })
  const link = response.headers.get('link')
  const links = [...(link ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, to = '', rel = '']) => [
    rel,
    to,
  ])
  const etag = response.headers.get('etag') ?? ''
  return {
    status: response.status,
    etag,
    link,
    links: Object.fromEntries(links),
    text: await response.text(),
  }
}
interface Page {
  readonly ids: readonly string[]
  readonly hasMore: boolean
  readonly canonical: string | undefined
  readonly next: string | undefined
}

async function idsAt(address: string): Promise<Page> {
  const { links, text } = await ask(address)
  const list: { hasMore: boolean; engagements: { id: string }[] } = JSON.parse(text)
  const { canonical, next }: { canonical?: string; next?: string } = links
  return { ids: list.engagements.map(({ id }) => id), hasMore: list.hasMore, canonical, next }
}

const exact = /asOf=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/

it('links each page to its exact moment, and to the next page of the same', async () => {
  await write('T', calls('first', 12))
  const first = await idsAt(
    '/v1/engagements/T?asOf=now&status=all&limit=5&user=u1@x.example&user=u2@x.example',
  )
  expect(first.canonical).toMatch(exact)
  const [asOf = ''] = exact.exec(first.canonical ?? '') ?? []
  const query = `status=all&user=u1@x.example&user=u2@x.example&${asOf}&limit=5`
  expect(first.canonical).toBe(`/v1/engagements/T?${query}`)
  expect(first.next).toBe(`/v1/engagements/T?${query}&offset=5`)
  await write('T', calls('second', 12))
  expect(await idsAt(first.canonical ?? '')).toEqual(first)
  const second = await idsAt(first.next ?? '')
  expect(second).toMatchObject({ hasMore: false, canonical: first.next })
  expect(second.next).toBeUndefined()
  expect(new Set([...first.ids, ...second.ids]).size).toBe(8)
  const count = await ask(`/v1/engagements/count/T?asOf=now&status=all`)
  expect({ text: count.text, link: count.link }).toEqual({
    text: '{"count":24}',
    link: expect.stringMatching(
      /^<\/v1\/engagements\/count\/T\?status=all&asOf=[\d-]+T[\d:.]+Z>; rel="canonical"$/,
    ),
  })
  const counted = await ask(`/v1/engagements/count/T?status=all&${asOf}`)
  expect(counted.text).toBe('{"count":12}')
})

it('links in XML and for HEAD as well, and nowhere without asOf', async () => {
  const json = await ask('/v1/engagements/T?asOf=now')
  expect(json.link).toMatch(/^<[^>]+>; rel="canonical", <[^>]+>; rel="next"$/)
  expect((await ask('/v1/engagements/T?asOf=now', { accept: 'text/xml' })).link).toBe(json.link)
  expect((await ask('/v1/engagements/T?asOf=now', {}, 'HEAD')).link).toBe(json.link)
  expect((await ask('/v1/engagements/T')).link).toBeNull()
  expect((await ask('/v1/engagements/count/T')).link).toBeNull()
})

it('takes a moment yet to come for now, and finds nothing before anything arrived', async () => {
  const now = await ask('/v1/engagements/T?asOf=now')
  expect(await ask('/v1/engagements/T?asOf=9999-12-31')).toMatchObject({ text: now.text, link: now.link })
  const long = await ask('/v1/engagements/T?asOf=1999-12-31')
  expect(long.text).toBe('{"hasMore":false,"engagements":[]}')
  expect((await ask(long.links.canonical ?? '')).text).toBe(long.text)
})

it('tells an unchanged answer from one that something was added to', async () => {
  const address = '/v1/engagements/T?asOf=now&status=all&limit=100'
  const before = await ask(address)
  expect((await ask(address, { 'if-none-match': before.etag })).status).toBe(304)
  await write('T', calls('third', 1))
  const after = await ask(address, { 'if-none-match': before.etag })
  expect(after.status).toBe(200)
  expect(after.text).toContain('third 0')
  expect(after.links.canonical).not.toBe(before.links.canonical)
  expect((await ask(before.links.canonical ?? '')).text).toBe(before.text)
})

it('tells nothing of what arrives for another tenant', async () => {
  const before = await ask('/v1/engagements/T?asOf=now')
  await write('Other', calls('first', 3))
  expect(await ask('/v1/engagements/T?asOf=now')).toEqual(before)
})

it.each(inject('engine') === 'embedded' ? ['newest', 'oldest', 'shortest', 'longest'] : ['newest'])(
  'holds every row once while imports run beside the server, by %s',
  async (sort) => {
    const tenant = `Busy-${sort}`
    authorization = (await server.bearer(tenant)).authorization
    const there = calls('there', 300)
    await write(tenant, there)
    const sign = sort === 'newest' || sort === 'longest' ? -1 : 1
    const value = ({ startDate, duration }: (typeof there)[number]) =>
      sort === 'newest' || sort === 'oldest' ? Date.parse(startDate) : duration
    const expected = there
      .toSorted(
        (a, b) => sign * (value(a) - value(b) || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))),
      )
      .map(({ id }) => id)

    const importing = async () => {
      for (const round of [1, 2]) {
        const changed = there.map((row) => ({ ...row, reason: `changed by import ${round}` }))
        const rows = [...calls(`a ${round}`, 300), ...changed, ...calls(`z ${round}`, 300)]
        const input = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
        expect(await processes.run(['import', '-', '--tenant', tenant], { input })).toMatchObject({ code: 0 })
      }
    }
    const first = await idsAt(`/v1/engagements/${tenant}?asOf=now&status=all&limit=4&sort=${sort}`)
    let writing = true
    const written = importing().finally(() => {
      writing = false
    })
    // Read again and again without a pause, so that every import commits in the midst of it.
    while (writing) {
      const seen: string[] = []
      for (let address = first.canonical; address !== undefined; ) {
        const { ids, next } = await idsAt(address)
        seen.push(...ids)
        address = next
      }
      expect(seen).toEqual(expected)
    }
    await written
    const { text } = await ask(`/v1/engagements/count/${tenant}?status=all`)
    expect(JSON.parse(text).count).toBe(300 + 2 * 600)
  },
)
