/** A server in front of an upstream, as an operator runs it: a real process. */
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { demoAccount } from '../demo/demo-account.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { type FakeUpstream, fakeClient, startFakeUpstream } from '../test-support/upstream/fake-upstream.ts'

const longMs = 60_000
let folder: string
let hindsight: HindsightProcesses
let upstream: FakeUpstream

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  hindsight = hindsightProcesses(folder)
  upstream = await startFakeUpstream()
  upstream.rows = [{ id: 'a', status: 'successful', associateInitiated: false }]
})
afterEach(async () => {
  await hindsight.end()
  await upstream.stop()
  await rm(folder, { recursive: true, force: true })
})

async function signIn(origin: string, person: object): Promise<{ cookie: string }> {
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(person),
  })
  const [cookie = ''] = answer.headers.getSetCookie()[0]?.split(';') ?? []
  return { cookie }
}

it(
  'serves its engagements, keeps nothing but the secret, and ends when told',
  async () => {
    const file = path.join(folder, 'clients.json')
    await writeFile(file, JSON.stringify({ T: { clientId: fakeClient.id, clientSecret: fakeClient.secret } }))
    const started = hindsight.start(['serve'], {
      UPSTREAM_URL: upstream.origin,
      UPSTREAM_CLIENTS_FILE: file,
      LOG_LEVEL: 'trace',
    })
    const origin = await untilReady(started)
    expect(started.printed.out).toContain(`engagements of ${upstream.origin}`)
    const headers = await signIn(origin, upstream.account)
    const page = await fetch(`${origin}/v1/engagements/T`, { headers })
    expect(await page.json()).toMatchObject({ hasMore: false, engagements: [{ id: 'a' }] })
    started.child.kill('SIGTERM')
    const { code, err } = await started.ended
    expect(code).toBe(0)
    for (const secret of [upstream.account.password, fakeClient.secret, 'token-of', 'credentials='])
      expect(err).not.toContain(secret)
    expect((await readdir(folder)).toSorted()).toEqual(['clients.json', 'session-secret'])
  },
  longMs,
)

it(
  'opens sessions that another one over the same secret began',
  async () => {
    const env = {
      UPSTREAM_URL: upstream.origin,
      UPSTREAM_CLIENTS: JSON.stringify({ T: { clientId: fakeClient.id, clientSecret: fakeClient.secret } }),
    }
    const one = await untilReady(hindsight.start(['serve'], env))
    const other = await untilReady(hindsight.start(['serve'], env))
    const headers = await signIn(one, upstream.account)
    expect((await fetch(`${other}/v1/engagements/T`, { headers })).status).toBe(200)
  },
  longMs,
)

it('stops at an upstream that would be asked in the open', async () => {
  const { code, err } = await hindsight.run(['serve'], { env: { UPSTREAM_URL: 'http://live.example' } })
  expect(code).toBe(2)
  expect(err).toMatch(/^UPSTREAM_URL is "http:\/\/live\.example": expected an https address/)
})

it(
  'is shown by the demo, one server in front of another',
  async () => {
    const started = hindsight.start(['demo-upstream'])
    const origin = await untilReady(started)
    const { tenant, email, password } = demoAccount
    const headers = await signIn(origin, { tenant, email, password })
    const page = await (await fetch(`${origin}/v1/engagements/${tenant}?limit=20`, { headers })).json()
    expect(page.engagements).toHaveLength(20)
    const [recording] = page.engagements.flatMap(({ recordings = [] }) => recordings)
    const bytes = await fetch(origin + recording.uri, { headers })
    expect((await bytes.arrayBuffer()).byteLength).toBe(recording.size)
    const session = await (await fetch(`${origin}/session`, { headers })).json()
    expect(session.lacks).not.toContain('count')
    started.child.kill('SIGINT')
    await once(started.child, 'exit')
    expect(await started.ended).toMatchObject({ code: 0 })
  },
  longMs,
)
