/** Pages, counts and single engagements that come through from an upstream, over HTTP. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EngagementQuery } from '../../../contract/query/engagement-query.ts'
import { countQuery, engagementQuery } from '../../../contract/query/engagement-query.ts'
import { pathOf, routes } from '../../../contract/routes.ts'
import { type OracleRow, oracle, queryArbitrary, rowArbitrary } from '../../test-support/engagement-oracle.ts'
import { dialects } from '../../test-support/upstream/dialects.ts'
import {
  type FakeUpstream,
  startFakeUpstream,
  upstreamSecrets,
} from '../../test-support/upstream/fake-upstream.ts'
import { type RunningFront, startFront } from '../../test-support/upstream/running-front.ts'

const rows: readonly OracleRow[] =
  fc.sample(fc.uniqueArray(rowArbitrary, { minLength: 120, maxLength: 120, selector: ({ id }) => id }), {
    numRuns: 1,
    seed: 11,
  })[0] ?? []

const whole: OracleRow = {
  startDate: '2026-01-01T10:00:00Z',
  endDate: '2026-01-01T10:05:00Z',
  id: 'whole',
  duration: 300,
  contents: 'AUDIOVIDEO',
  context: '{"queue":"cards"}',
  users: [
    { uri: 'ana@x.example', association: 'MEMBER' },
    { uri: 'cy@x.example', association: 'CREATOR' },
  ],
  recordings: [
    {
      uri: 'https://elsewhere.example/r',
      user: 'ana@x.example',
      created: '2026-01-01T10:00:00Z',
      duration: 300,
      size: 5,
      contents: 'AUDIO',
    },
  ],
  releaseState: 'connected',
  status: 'successful',
  pendingTime: 12,
  assignedTeam: 'Cards',
  associateInitiated: true,
  reason: 'done',
}

let upstream: FakeUpstream
let front: RunningFront
let headers: { cookie: string }

beforeAll(async () => {
  upstream = await startFakeUpstream()
  upstream.count = (count) => ({ count })
  front = await startFront(upstream.origin)
  headers = await front.cookie(upstream.account)
})
afterAll(async () => {
  await front.stop()
  await upstream.stop()
})
afterEach(() => {
  upstream.rows = []
  upstream.dialect = dialects.plain
  upstream.rewritePage = (page) => page
  upstream.weather = () => ({ kind: 'fair' })
})

const ask = (path: string, more: Record<string, string> = {}) =>
  fetch(front.origin + path, { headers: { ...headers, ...more } })
const list = async (search = '') => (await ask(`/v1/engagements/T${search}`)).json()

describe('any page and count', () => {
  it('is what the oracle says', async () => {
    upstream.rows = rows
    await fc.assert(
      fc.asyncProperty(
        queryArbitrary.filter(({ status }) => status !== 'all'),
        async (query: EngagementQuery) => {
          const page = await (
            await ask(pathOf(routes.engagements, { tenant: 'T' }, engagementQuery.write(query)))
          ).json()
          const expected = oracle(rows, query)
          const ids = page.engagements.map(({ id }: OracleRow) => id)
          // Bounds between two seconds are the one thing that an upstream cannot be asked for: see the next test.
          const exact = [query.startAfter, query.startBefore, query.endAfter, query.endBefore].every(
            (at) => at === undefined || at % 1000 === 0,
          )
          if (!exact) return
          expect({ hasMore: page.hasMore, ids }).toEqual({ hasMore: expected.hasMore, ids: expected.ids })
          const { limit: _limit, offset: _offset, sort: _sort, ...filter } = query
          const count = await (
            await ask(pathOf(routes.count, { tenant: 'T' }, countQuery.write(filter)))
          ).json()
          expect(count).toEqual({ count: expected.count })
        },
      ),
      { numRuns: 400 },
    )
  })

  it('has no row beyond a bound between two seconds, and lacks none within it', async () => {
    const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()
    upstream.rows = [0, 400, 999, 1000, 1500, 2000].map((ms) => ({
      id: String(ms),
      startDate: at(ms),
      status: 'successful',
      associateInitiated: false,
    }))
    const ids = async (search: string) =>
      (await list(`?sort=oldest&${search}`)).engagements.map(({ id }: OracleRow) => Number(id))
    expect(await ids(`startBefore=${at(999)}`)).toEqual([0, 400, 999])
    expect(await ids(`startAfter=${at(400)}`)).toEqual([400, 999, 1000, 1500, 2000])
    expect(await ids(`startAfter=${at(401)}&startBefore=${at(1999)}`)).toEqual([999, 1000, 1500])
  })
})

describe('whatever way it is written', () => {
  it.each(Object.entries(dialects))('%s: a row comes out as the contract has it', async (_, dialect) => {
    upstream.rows = [whole]
    upstream.dialect = dialect
    expect((await list()).engagements).toEqual([whole])
    const xml = await (await ask('/v1/engagements/T', { accept: 'application/xml' })).text()
    expect(xml).toContain('<startDate>2026-01-01T10:00:00Z</startDate>')
  })

  it('unknown words and fields are kept as they are', async () => {
    const odd = {
      id: 'odd',
      status: 'successful',
      contents: 'Hologram',
      mood: { score: 3 },
      associateInitiated: false,
    }
    upstream.rewritePage = () => ({ hasMore: false, engagements: [odd], serverTime: 5 })
    expect(await list()).toEqual({ hasMore: false, engagements: [odd] })
  })

  it('rows that cannot be read are told by row and field, beside those that can', async () => {
    upstream.rewritePage = () => ({
      hasMore: true,
      engagements: [{ id: 'a' }, { id: 'b', startDate: 'soon' }, 7, { id: 'c', recordings: [{ size: -1 }] }],
    })
    const page = await list()
    expect(page).toMatchObject({ hasMore: true, engagements: [{ id: 'a' }] })
    expect(page.unread).toMatchObject([
      { row: 1, errors: [{ field: 'startDate', value: '"soon"' }] },
      { row: 2, errors: [{ field: '(the whole)', value: '7' }] },
      { row: 3, errors: [{ field: 'recordings[0].size', value: '-1' }] },
    ])
    const xml = await (await ask('/v1/engagements/T', { accept: 'text/xml' })).text()
    expect(xml).toContain('<unread><row>1</row><errors><field>startDate</field>')
  })

  it('a page that does not say whether more follow has more where it is full', async () => {
    upstream.rewritePage = () => ({ engagements: [{ id: 'a' }, { id: 'b' }] })
    expect((await list('?limit=2')).hasMore).toBe(true)
    expect((await list('?limit=3')).hasMore).toBe(false)
  })
})

describe('what is asked', () => {
  it('goes on as the reference has it, in the person’s name, and with nothing else of theirs', async () => {
    const before = upstream.asked.length
    const query =
      '?status=unsuccessful&user=Ana%40x.example&startAfter=2026-01-01&limit=20&offset=40&sort=longest'
    await ask(`/v1/engagements/T${query}`, {
      'x-forwarded-for': '1.2.3.4',
      'accept-language': 'de',
      'user-agent': 'a browser',
      referer: 'http://secret.example',
      'if-none-match': '"x"',
    })
    const [asked] = upstream.asked.slice(before)
    expect(asked?.url).toBe(
      '/v1/engagements/T?status=unsuccessful&user=ana@x.example&startAfter=2026-01-01T00:00:00&limit=20&offset=40&sort=longest',
    )
    expect(Object.keys(asked?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ])
    expect(asked?.headers).toMatchObject({ 'user-agent': 'hindsight', accept: 'application/json' })
  })

  it('comes back with none of the upstream’s headers', async () => {
    const answer = await ask('/v1/engagements/T')
    const told = JSON.stringify([...answer.headers])
    for (const [name, value] of Object.entries(upstreamSecrets)) {
      expect(answer.headers.has(name)).toBe(false)
      expect(told).not.toContain(value)
    }
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    expect(answer.headers.has('etag')).toBe(false)
  })

  it.each([
    ['?limit=0', ['limit']],
    ['?status=foo&sort=bar', ['status', 'sort']],
    ['?offset=3', ['offset']],
    ['?user=%ff@x.example', ['user']],
    ['?staus=all', ['staus']],
    ['?startAfter=2018-02-30', ['startAfter']],
    ['?endAfter=2019-01-01&endBefore=2018-01-01', ['endBefore']],
  ])('%s is refused here, and goes no further', async (search, parameters) => {
    const before = upstream.asked.length
    const answer = await ask(`/v1/engagements/T${search}`)
    expect(answer.status).toBe(400)
    expect((await answer.json()).errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(
      parameters,
    )
    expect(upstream.asked.length).toBe(before)
  })
})

describe('what the upstream cannot give', () => {
  it('is told with the session, once it could be found out', async () => {
    // There was no engagement to try it with when the session began.
    upstream.rows = [whole]
    front.clock.offsetMs += 61_000
    const told = await (await fetch(`${front.origin}/session`, { headers })).json()
    expect(told.lacks.toSorted()).toEqual([
      'asOf',
      'audit',
      'delete',
      'engagement',
      'export',
      'histogram',
      'peaks',
      'sample',
      'status=all',
      'users',
      'views',
    ])
  })

  it.each([
    ['GET', '/v1/engagements/T?asOf=now', 'asOf'],
    ['GET', '/v1/engagements/T?status=all', 'status=all'],
    ['GET', '/v1/engagements/count/T?asOf=2026-01-01', 'asOf'],
    ['GET', '/v1/engagements/count/T?status=all', 'status=all'],
    ['GET', '/v1/engagements/histogram/T', 'histogram'],
    ['GET', '/v1/engagements/sample/T', 'sample'],
    ['GET', '/v1/engagements/export/T', 'export'],
    ['GET', '/v1/recordings/T/x/peaks', 'peaks'],
    ['GET', '/v1/audit/T', 'audit'],
    ['GET', '/v1/views/T', 'views'],
    ['GET', '/v1/views/T/x', 'views'],
    ['DELETE', '/v1/views/T/x', 'views'],
    ['DELETE', '/v1/engagements/T/x', 'delete'],
    ['GET', '/v1/users/T', 'users'],
    ['GET', '/v1/engagements/T/whole', 'engagement'],
  ])('%s %s is a problem that names it', async (method, path, part) => {
    await fetch(`${front.origin}/session`, { headers })
    const before = upstream.asked.length
    const answer = await fetch(front.origin + path, { method, headers })
    expect(answer.status).toBe(501)
    expect(await answer.json()).toMatchObject({
      type: 'urn:problem:hindsight:not-given',
      detail: expect.stringContaining(`: ${part}.`),
    })
    expect(upstream.asked.length).toBe(before)
  })

  it('is told to its own people alone', async () => {
    for (const path of ['/v1/audit/T', '/v1/views/T', '/v1/engagements/histogram/T']) {
      expect((await fetch(front.origin + path)).status).toBe(401)
      expect((await ask(path.replace('/T', '/Other'))).status).toBe(403)
    }
  })
})

describe('a count', () => {
  it.each([
    [(count: number) => ({ count }), 3],
    [(count: number) => ({ count: String(count) }), 3],
    [(count: number) => count, 3],
  ])('is read from %s', async (write, expected) => {
    upstream.rows = rows.filter(({ status }) => status === 'successful').slice(0, 3)
    upstream.count = write
    expect(await (await ask('/v1/engagements/count/T')).json()).toEqual({ count: expected })
  })

  it.each([[{ count: -1 }], [{ count: 'many' }], [{ total: 3 }], [null], [[]], [1.5]])(
    'is not asked for again once the answer was %j',
    async (given) => {
      const other = await startFront(upstream.origin)
      try {
        const cookie = await other.cookie(upstream.account)
        upstream.count = () => given
        const path = `${other.origin}/v1/engagements/count/T`
        expect((await fetch(path, { headers: cookie })).status).toBe(501)
        const before = upstream.asked.length
        expect((await fetch(path, { headers: cookie })).status).toBe(501)
        expect(upstream.asked.length).toBe(before)
      } finally {
        await other.stop()
      }
    },
  )
})

describe('an answer of the upstream', () => {
  it('403 stays one, without its words', async () => {
    upstream.weather = () => ({ kind: 'status', status: 403, body: 'no, says /etc/upstream.conf' })
    const answer = await ask('/v1/engagements/T')
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(await answer.text()).not.toContain('upstream.conf')
  })

  it.each([[400], [404], [418]])('%i to a page is its fault', async (status) => {
    upstream.weather = () => ({ kind: 'status', status })
    expect((await ask('/v1/engagements/T')).status).toBe(502)
  })

  it.each([['has rows without end', `{"hasMore":false,"engagements":[${'7,'.repeat(20_000)}7]}`]])(
    'that %s is its fault',
    async (_, body) => {
      upstream.weather = () => ({ kind: 'status', status: 200, body })
      expect((await ask('/v1/engagements/T')).status).toBe(502)
    },
  )

  it('that is nested without end comes through', async () => {
    const body = `{"hasMore":false,"engagements":[{"id":"a","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}]}`
    upstream.weather = () => ({ kind: 'status', status: 200, body })
    const answer = await ask('/v1/engagements/T')
    expect((await answer.text()).length).toBeGreaterThan(400_000)
    expect((await ask('/v1/engagements/T', { accept: 'application/xml' })).status).toBe(200)
  })

  it('that is JSON and no page is its fault', async () => {
    upstream.rewritePage = () => ({ rows: [] })
    expect((await ask('/v1/engagements/T')).status).toBe(502)
  })
})
