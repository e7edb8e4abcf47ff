/** Giving access and taking it back from the command line, while the server runs in another process. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'

const longMs = 60_000
const password = 'correct horse'
const ana = ['--tenant', 'T', '--email', 'ana@x.example']
const crm = ['--tenant', 'T', '--id', 'crm']
let folder: string
let hindsight: HindsightProcesses
let origin: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  hindsight = hindsightProcesses(folder)
  origin = await untilReady(hindsight.start(['serve'], { DEMO: 'off' }))
  await hindsight.run(['user', 'add', ...ana, '--role', 'admin'], { input: `${password}\n` })
}, longMs)
afterEach(async () => {
  await hindsight.end()
  await rm(folder, { recursive: true, force: true })
})

async function token(pair: string, search: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  const response = await fetch(`${origin}/v1/auth/T?${search}`, { headers: { authorization } })
  return (await response.json()).access_token ?? `refused ${response.status}`
}

const userToken = (secret: string) => token(`ana@x.example:${secret}`, 'grant_type=password')

async function signIn(secret: string): Promise<string> {
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ tenant: 'T', email: 'ana@x.example', password: secret }),
  })
  return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? `refused ${response.status}`
}

const statusOf = async (headers: Record<string, string>) =>
  (await fetch(`${origin}/v1/engagements/T`, { headers })).status
const byToken = (value: string) => statusOf({ authorization: `Bearer ${value}` })
const byCookie = (cookie: string) => statusOf({ cookie })

/** Within a second of the command's end, as it promises. */
const soon = (ask: () => Promise<number>) => expect.poll(ask, { timeout: 1000, interval: 50 }).toBe(401)

it('ends a disabled user’s token and session within a second, and does not bring them back', {
  timeout: longMs,
}, async () => {
  const [cookie, bearer] = [await signIn(password), await userToken(password)]
  expect([await byCookie(cookie), await byToken(bearer)]).toEqual([200, 200])
  expect(await hindsight.run(['user', 'disable', ...ana])).toMatchObject({ code: 0 })
  await soon(() => byToken(bearer))
  expect(await byCookie(cookie)).toBe(401)
  expect(await (await fetch(`${origin}/session`, { headers: { cookie } })).json()).toEqual({})
  expect([await signIn(password), await userToken(password)]).toEqual(['refused 401', 'refused 401'])
  expect((await hindsight.run(['user', 'list', '--tenant', 'T'])).out).toMatch(
    /^ana@x\.example\tadmin\tdisabled\t\d{4}-\d\d-\d\d\n$/,
  )
  expect(await hindsight.run(['user', 'enable', ...ana])).toMatchObject({ code: 0 })
  await expect.poll(async () => byCookie(await signIn(password)), { timeout: 2000 }).toBe(200)
  expect([await byCookie(cookie), await byToken(bearer)]).toEqual([401, 401])
})

it('ends older sessions when the password changes, and no newer one', { timeout: longMs }, async () => {
  const [cookie, bearer] = [await signIn(password), await userToken(password)]
  const changed = await hindsight.run(['user', 'password', ...ana], { input: 'battery staple\n' })
  expect(changed).toMatchObject({ code: 0 })
  expect(changed.out).not.toContain('battery staple')
  const newer = await userToken('battery staple')
  await soon(() => byToken(bearer))
  expect([await byCookie(cookie), await byToken(newer)]).toEqual([401, 200])
  expect(await userToken(password)).toBe('refused 401')
})

it('gives a program a secret once, and takes its access back', { timeout: longMs }, async () => {
  const added = await hindsight.run(['client', 'add', ...crm])
  const secret = added.out.trim()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(await hindsight.run(['client', 'add', ...crm])).toMatchObject({ code: 1, out: '' })
  const program = (given: string) => token(`crm:${given}`, 'grant_type=client_credentials')
  const bearer = await program(secret)
  expect(await byToken(bearer)).toBe(200)
  const listed = await hindsight.run(['client', 'list', '--tenant', 'T'])
  expect(listed.out).toMatch(/^crm\tin use\t/)
  expect(listed.out).not.toContain(secret)
  expect(await hindsight.run(['client', 'revoke', ...crm])).toMatchObject({ code: 0 })
  await soon(() => byToken(bearer))
  expect(await program(secret)).toBe('refused 401')
  // A tenant that has had a client goes on asking for one.
  expect(await userToken(password)).toBe('refused 401')
  const anew = (await hindsight.run(['client', 'add', ...crm])).out.trim()
  expect(anew).not.toBe(secret)
  await expect.poll(async () => byToken(await program(anew)), { timeout: 2000 }).toBe(200)
  expect(await byToken(bearer)).toBe(401)
})

it('says that there is nobody by that name', { timeout: longMs }, async () => {
  const bob = ['--tenant', 'T', '--email', 'bob@x.example']
  for (const verb of ['disable', 'enable'])
    expect(await hindsight.run(['user', verb, ...bob])).toMatchObject({
      code: 1,
      err: 'bob@x.example has no account in T\n',
    })
  expect(await hindsight.run(['client', 'revoke', ...crm])).toMatchObject({ code: 1 })
})
