/** The contract, held to twice: from our own store, and through a server that stands in front of another host. */
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countQuery, type EngagementQuery, engagementQuery } from '../../contract/query/engagement-query.ts'
import { writeEngagement } from '../../contract/representation/json.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import {
  emails,
  type OracleRow,
  oracle,
  queryArbitrary,
  rowArbitrary,
} from '../test-support/engagement-oracle.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'
import { type RunningFront, startFront } from '../test-support/upstream/running-front.ts'

const person = { tenant: 'T', email: 'ana@x.example', password: 'correct horse battery' }
const oddId = 'call 3/ü?%2e#'
const rows: readonly OracleRow[] = [
  ...(fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 200, maxLength: 200, selector: ({ id }) => id }), {
    numRuns: 1,
    seed: 5,
  })[0] ?? []),
  { id: oddId, status: 'unsuccessful', associateInitiated: true },
]
const bytes = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  randomBytes(5000),
])

interface Way {
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
}

let server: RunningServer
let front: RunningFront
const ways = new Map<string, Way>()

beforeAll(async () => {
  server = await startServer()
  await server.store.accounts.add({ ...person, role: 'supervisor' })
  const file = path.join(server.folder, 'a.webm')
  await writeFile(file, bytes)
  const held = await server.media.takeIn('T', 'recorded', 'a.webm', file)
  const uri = pathOf(routes.recording, { tenant: 'T', recordingId: held.id })
  const recorded = { id: 'recorded', status: 'recorded', recordings: [{ uri }], associateInitiated: false }
  await server.store.writer.write('T', [
    ...rows.map((engagement) => ({ engagement, held: [] })),
    { engagement: recorded, held: [held] },
  ])
  const others = rows.map((row) => ({ engagement: { ...row, reason: 'other tenant' }, held: [] }))
  await server.store.writer.write('Other', others)
  front = await startFront(server.origin)
  ways.set('from the store', { origin: server.origin, headers: await server.bearer('T') })
  ways.set('through another host', { origin: front.origin, headers: await front.cookie(person) })
})
afterAll(async () => {
  await front.stop()
  await server.stop()
})

describe.each(['from the store', 'through another host'])('engagements %s', (name) => {
  const ask = (where: string, more: Record<string, string> = {}) => {
    const { origin = '', headers = {} } = ways.get(name) ?? {}
    return fetch(origin + where, { headers: { ...headers, ...more } })
  }
  const page = async (query: EngagementQuery) =>
    (await ask(pathOf(routes.engagements, { tenant: 'T' }, engagementQuery.write(query)))).json()
  // The reference knows no other statuses, and no parts of a second.
  const known = queryArbitrary
    .filter(({ status }) => status !== 'all')
    .filter(({ startAfter = 0, startBefore = 0, endAfter = 0, endBefore = 0 }) =>
      [startAfter, startBefore, endAfter, endBefore].every((at) => at % 1000 === 0),
    )

  it('are pages and counts as the oracle has them', async () => {
    await fc.assert(
      fc.asyncProperty(known, async (query) => {
        const { hasMore, engagements } = await page(query)
        const { limit: _limit, offset: _offset, sort: _sort, ...filter } = query
        const counted = await ask(pathOf(routes.count, { tenant: 'T' }, countQuery.write(filter)))
        const { count } = await counted.json()
        const ids = engagements.map(({ id }: OracleRow) => id)
        expect({ count, hasMore, ids }).toEqual(oracle(rows, query))
        expect(engagements.every(({ reason }: OracleRow) => reason === undefined)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('put together are every matching row once, and as it was written', async () => {
    const all: OracleRow[] = []
    for (let offset = 0, more = true; more; offset += 7) {
      const query = { ...engagementQuery.defaults, limit: 7, offset, sort: 'shortest' as const }
      const { hasMore, engagements } = await page(query)
      all.push(...engagements)
      more = hasMore
    }
    const expected = rows.filter(({ status }) => status === 'successful')
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map((row) => JSON.stringify(row)).toSorted()).toEqual(expected.map(writeEngagement).toSorted())
  })

  it('are found one by one, however odd their ids', async () => {
    for (const row of [...rows.slice(0, 40), ...rows.slice(-1)]) {
      if (/^\.{1,2}$/.test(row.id)) continue
      const answer = await ask(pathOf(routes.engagement, { tenant: 'T', id: row.id }))
      expect(await answer.text()).toBe(writeEngagement(row))
    }
    const none = await ask('/v1/engagements/T/none')
    expect(none.status).toBe(404)
    expect(await none.json()).toMatchObject({ type: 'urn:problem:hindsight:not-found' })
  })

  it('come as XML where that is asked for', async () => {
    const answer = await ask('/v1/engagements/T?limit=2', { accept: 'application/xml' })
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await answer.text()).toMatch(
      /^<\?xml [^>]*>\n<engagementListV1><hasMore>true<\/hasMore><engagements>/,
    )
    expect((await ask('/v1/engagements/T', { accept: 'text/html' })).status).toBe(406)
  })

  it('suggest their people', async () => {
    expect(await (await ask('/v1/users/T?startsWith=A')).json()).toEqual({ users: [{ uri: 'a@x.example' }] })
    expect((await (await ask('/v1/users/T?limit=2')).json()).users).toEqual(
      emails.slice(0, 2).map((uri) => ({ uri })),
    )
  })

  it('have recordings, whole, by ranges and by their mark', async () => {
    const engagement = await (await ask('/v1/engagements/T/recorded')).json()
    const { uri } = engagement.recordings[0]
    const whole = await ask(uri)
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
    const part = await ask(uri, { range: 'bytes=100-199' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true)
    const etag = whole.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
    expect((await ask(uri, { 'if-none-match': etag })).status).toBe(304)
    const changed = await ask(uri, { range: 'bytes=0-9', 'if-range': '"another"' })
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, bytes.length])
    expect((await ask(uri, { range: `bytes=${bytes.length}-` })).status).toBe(416)
    expect((await ask('/v1/recordings/T/none')).status).toBe(404)
  })

  it.each([
    ['?limit=0', ['limit']],
    ['?limit=101', ['limit']],
    ['?status=foo&sort=bar', ['status', 'sort']],
    ['?offset=3', ['offset']],
    ['?user=%E0%A4%A', ['user']],
    ['?staus=all', ['staus']],
    ['?limit=1&limit=2', ['limit']],
    ['?startAfter=2018-02-30', ['startAfter']],
    ['?endAfter=2019-01-01&endBefore=2018-01-01', ['endBefore']],
  ])('refuse %s by name', async (search, parameters) => {
    for (const where of search.includes('limit') || search.includes('sort') || search.includes('offset')
      ? ['/v1/engagements/T']
      : ['/v1/engagements/T', '/v1/engagements/count/T']) {
      const answer = await ask(where + search)
      expect(answer.status).toBe(400)
      const { errors } = await answer.json()
      expect(errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(parameters)
    }
  })

  it('are for their own tenant alone', async () => {
    const answers = await Promise.all(
      ['Other', 'NoSuchTenant'].map(async (tenant) => {
        const answer = await ask(`/v1/engagements/${tenant}?limit=0`)
        return { status: answer.status, body: await answer.text() }
      }),
    )
    expect(answers[0]?.status).toBe(403)
    expect(answers[0]).toEqual(answers[1])
    const { origin = '' } = ways.get(name) ?? {}
    const bare = await fetch(`${origin}/v1/engagements/T`)
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="hindsight"'])
  })
})
