import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  const batch = Array.from({ length: 48 }, (_, n) => ({
    engagement: {
      startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
      endDate: new Date(Date.UTC(2026, 0, 1, n, 30)).toISOString(),
      id: n === 7 ? 'count' : `call ${n}`,
      users: [{ uri: `u${n % 5}@x.example` }, { uri: `u${(n + 1) % 5}@x.example` }],
      status: n % 4 === 0 ? 'unsuccessful' : 'successful',
      associateInitiated: false,
    },
    held: [],
  }))
  await server.store.writer.write('T', batch)
  await server.store.writer.write('Other', batch)
})
afterAll(() => server.stop())

async function count(search: string, tenant = 'T') {
  const response = await fetch(`${server.origin}/v1/engagements/count/${tenant}${search}`, { headers })
  return { status: response.status, body: await response.json() }
}

it.each([
  ['', 36],
  ['?status=', 36],
  ['?status=unsuccessful', 12],
  ['?status=all', 48],
  ['?status=all&startAfter=2026-01-02', 24],
  ['?status=all&startAfter=2026-01-01T22:00:00&startBefore=2026-01-02T01:00:00', 4],
  ['?status=all&endBefore=2026-01-01T01:30:00', 2],
  ['?status=all&user=U1%40x.example&user=u2@x.example', 30],
  ['?user=nobody@x.example', 0],
])('%j counts %i', async (search, expected) => {
  expect(await count(search)).toEqual({ status: 200, body: { count: expected } })
})

it.each([
  ['?limit=10', 'limit'],
  ['?offset=0', 'offset'],
  ['?sort=newest', 'sort'],
  ['?startAfter=2018-02-30', 'startAfter'],
  ['?endAfter=2019-01-01&endBefore=2018-01-01', 'endBefore'],
])('%s is a 400 that names what was wrong', async (search, parameter) => {
  const { status, body } = await count(search)
  expect(status).toBe(400)
  expect(body.errors).toMatchObject([{ parameter }])
})

it('is of the token’s tenant alone', async () => {
  expect((await count('', 'Other')).status).toBe(403)
  expect((await count('', 'Nowhere')).status).toBe(403)
})

it('leaves an engagement that is called count where it was', async () => {
  const response = await fetch(`${server.origin}/v1/engagements/T/count`, { headers })
  expect(await response.json()).toMatchObject({ id: 'count' })
})
