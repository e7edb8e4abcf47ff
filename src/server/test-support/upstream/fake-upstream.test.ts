/** The fake is held to the reference, so that what passes against it means something. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEngagementList } from '../../../contract/representation/json.ts'
import type { OracleRow } from '../engagement-oracle.ts'
import { dialects } from './dialects.ts'
import { type FakeUpstream, fakeClient, startFakeUpstream, upstreamSecrets } from './fake-upstream.ts'

let upstream: FakeUpstream

const row = (n: number): OracleRow => ({
  startDate: `2026-01-01T0${n}:00:00Z`,
  id: `call ${n}`,
  duration: n,
  contents: 'AUDIO',
  users: [{ uri: 'ana@x.example', association: 'MEMBER' }],
  recordings: [{ uri: '/media/a', created: '2026-01-01T00:00:00Z', size: 10 }],
  status: 'successful',
  associateInitiated: true,
})

beforeAll(async () => {
  upstream = await startFakeUpstream()
  upstream.rows = [row(1), row(2), row(3)]
})
afterAll(() => upstream.stop())

it('wants the client’s credentials and the person’s password for a token', async () => {
  const { tenant, email, password } = upstream.account
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const credentials = encodeURIComponent(base64(`${fakeClient.id}:${fakeClient.secret}`))
  const ask = (name: string, secret: string, query: string) =>
    fetch(`${upstream.origin}/v1/auth/${tenant}?grant_type=password${query}`, {
      headers: { authorization: `Basic ${base64(`${name}:${secret}`)}` },
    })
  expect((await ask(email, 'wrong', `&credentials=${credentials}`)).status).toBe(401)
  expect((await ask(email, password, '')).status).toBe(401)
  const right = await ask(email, password, `&credentials=${credentials}`)
  expect(await right.json()).toMatchObject({ expires_in: '1200', token_type: 'Bearer' })
})

it('gives pages to whoever has a token of the tenant, and knows nothing of ours', async () => {
  const headers = { authorization: `Bearer ${upstream.token('T')}` }
  const ask = (path: string) => fetch(upstream.origin + path, { headers })
  const page = await ask('/v1/engagements/T?limit=2&offset=0&startBefore=2026-01-01T02:00:00')
  expect(Object.fromEntries(page.headers)).toMatchObject(upstreamSecrets)
  expect(await page.json()).toMatchObject({
    hasMore: false,
    engagements: [{ id: 'call 2' }, { id: 'call 1' }],
  })
  for (const own of ['status=all', 'asOf=now', 'startAfter=2026-01-01T00:00:00.5Z', 'nothing=1'])
    expect((await ask(`/v1/engagements/T?${own}`)).status, own).toBe(400)
  expect((await ask('/v1/engagements/count/T')).status).toBe(404)
  expect((await ask('/v1/engagements/T/call%201')).status).toBe(404)
  expect((await ask('/v1/engagements/Other')).status).toBe(403)
  expect((await fetch(`${upstream.origin}/v1/engagements/T`)).status).toBe(401)
})

it.each(Object.entries(dialects))('writes %s, and means the same', (_, dialect) => {
  const read = readEngagementList({ hasMore: false, engagements: [dialect(row(1))] })
  expect(read).toMatchObject({ ok: true, value: { engagements: [row(1)], unread: [] } })
})
