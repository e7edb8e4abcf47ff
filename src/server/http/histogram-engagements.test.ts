import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }
const path = '/v1/engagements/histogram/T'

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  // One an hour over the two days at whose border Berlin's clocks go forward.
  const batch = Array.from({ length: 48 }, (_, n) => ({
    engagement: {
      startDate: new Date(Date.UTC(2026, 2, 28, n)).toISOString(),
      id: n === 7 ? 'histogram' : `call ${n}`,
      users: [{ uri: `u${n % 5}@x.example` }, { uri: `u${(n + 1) % 5}@x.example` }],
      ...(n !== 3 && { status: n % 4 === 0 ? 'unsuccessful' : 'successful' }),
      associateInitiated: false,
    },
    held: [],
  }))
  const unknown = { id: 'no start', status: 'successful', associateInitiated: false }
  await server.store.writer.write('T', [...batch, { engagement: unknown, held: [] }])
  await server.store.writer.write('Other', batch)
})
afterAll(() => server.stop())

async function ask(search: string, more: Readonly<Record<string, string>> = {}) {
  return await fetch(`${server.origin}${path}${search}`, { headers: { ...headers, ...more } })
}

async function histogram(search: string) {
  const response = await ask(search)
  expect(response.status).toBe(200)
  return engagementHistogramV1.parse(await response.json())
}

const totals = (buckets: readonly { successful: number; unsuccessful: number; other: number }[]) =>
  buckets.map(({ successful, unsuccessful, other }) => [successful, unsuccessful, other])

it('answers hours for days, from the first start to the last', async () => {
  const { bucket, unknownStart, buckets } = await histogram('?status=all')
  expect({ bucket, unknownStart, length: buckets.length }).toEqual({
    bucket: 'PT30M',
    unknownStart: 1,
    length: 95,
  })
  expect(buckets[0]).toEqual({
    start: '2026-03-28T00:00:00Z',
    end: '2026-03-28T00:29:59.999Z',
    successful: 0,
    unsuccessful: 1,
    other: 0,
  })
  expect(totals(buckets).filter((counts) => counts.some((count) => count > 0))).toHaveLength(48)
})

it('has the days of the zone that is asked for', async () => {
  const search = '?status=all&startAfter=2026-03-20&startBefore=2026-04-10T11:00:00&buckets=23'
  const { bucket, unknownStart, buckets } = await histogram(`${search}&tz=Europe/Berlin`)
  expect({ bucket, unknownStart, length: buckets.length }).toEqual({
    bucket: 'P1D',
    unknownStart: 0,
    length: 22,
  })
  // 23 hours long; the range cuts its first day and its last.
  expect(buckets[9]).toMatchObject({ start: '2026-03-28T23:00:00Z', end: '2026-03-29T21:59:59.999Z' })
  expect(buckets[0]).toMatchObject({ start: '2026-03-20T00:00:00Z' })
  expect(buckets.at(-1)).toMatchObject({ end: '2026-04-10T11:00:00Z' })
  // From 23:00 UTC on: an hour of the 28th is the 29th in Berlin, and two of the 29th are the 30th.
  expect(totals(buckets.slice(7, 12))).toEqual([
    [0, 0, 0],
    [16, 6, 1],
    [17, 6, 0],
    [2, 0, 0],
    [0, 0, 0],
  ])
  const plain = await histogram(search)
  expect(totals(plain.buckets.slice(8, 10))).toEqual([
    [17, 6, 1],
    [18, 6, 0],
  ])
})

it.each([
  ['', 36],
  ['?status=unsuccessful', 12],
  ['?status=all', 49],
  ['?status=all&startAfter=2026-03-29', 24],
  ['?status=all&startBefore=2026-03-28T12:00:00', 13],
  ['?status=all&endAfter=2020-01-01', 0],
  ['?status=all&user=U1%40x.example&user=u2@x.example', 30],
  ['?user=nobody@x.example', 0],
  ['?status=all&asOf=now', 49],
])('%j holds as many as are counted', async (search, expected) => {
  const { unknownStart, buckets } = await histogram(search)
  const sum = totals(buckets)
    .flat()
    .reduce((all, one) => all + one, unknownStart)
  const count = await fetch(`${server.origin}/v1/engagements/count/T${search}`, { headers })
  expect({ sum, count: await count.json() }).toEqual({ sum: expected, count: { count: expected } })
})

it('comes as XML as well', async () => {
  const response = await ask('?startAfter=2026-03-28&startBefore=2026-03-28T00:59:59&buckets=12', {
    accept: 'application/xml',
  })
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  const text = await response.text()
  expect(text).toMatch(
    /^<\?xml [^>]*>\n<engagementHistogramV1><bucket>PT5M<\/bucket><unknownStart>0<\/unknownStart><buckets><start>/,
  )
  expect(text).toContain('<start>2026-03-28T00:05:00Z</start><end>2026-03-28T00:09:59.999Z</end>')
  expect(text.match(/<buckets>/g)).toHaveLength(12)
})

it('is not sent again while nothing changed', async () => {
  const etag = (await ask('?tz=Asia/Tokyo')).headers.get('etag') ?? ''
  const again = await ask('?tz=Asia/Tokyo', { 'if-none-match': etag })
  expect({ status: again.status, body: await again.text() }).toEqual({ status: 304, body: '' })
  expect((await ask('?tz=Europe/Berlin', { 'if-none-match': etag })).status).toBe(200)
})

it('names the moment that it looks back from', async () => {
  const link = (await ask('?asOf=now&tz=Asia/Tokyo')).headers.get('link')
  expect(link).toMatch(/^<\/v1\/engagements\/histogram\/T\?asOf=[^&]+Z&tz=Asia\/Tokyo>; rel="canonical"$/)
})

describe('refuses by name', () => {
  it.each([
    ['?tz=Mars/Base', 'tz'],
    ['?buckets=401', 'buckets'],
    ['?buckets=11', 'buckets'],
    ['?limit=10', 'limit'],
    ['?sort=newest', 'sort'],
    ['?startAfter=2019-01-01&startBefore=2018-01-01', 'startBefore'],
  ])('%s', async (search, parameter) => {
    const response = await ask(search)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ parameter }] })
  })

  it('the token of another tenant', async () => {
    const response = await fetch(`${server.origin}/v1/engagements/histogram/Other`, { headers })
    expect(response.status).toBe(403)
  })
})

it('leaves an engagement that is called histogram where it was', async () => {
  const response = await fetch(`${server.origin}/v1/engagements/T/histogram`, { headers })
  expect(await response.json()).toMatchObject({ id: 'histogram' })
})

it('is in the audit', async () => {
  await histogram('?status=all&buckets=77')
  const admin = await server.bearer('T', 'admin')
  const response = await fetch(`${server.origin}/v1/audit/T?limit=1000`, { headers: admin })
  const { events } = await response.json()
  expect(events).toContainEqual(
    expect.objectContaining({ action: 'histogram', target: 'status=all&buckets=77' }),
  )
})
