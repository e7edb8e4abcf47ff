/**
 * A history taken home as an operator does it: a real process, a real upstream, a real store. Long, because every promise of
 * the command is kept by the same three together.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import { openStore } from '../store/open-store.ts'
import type { OracleRow } from '../test-support/engagement-oracle.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { runCommand } from '../test-support/run-command.ts'
import { startS3Store } from '../test-support/s3-store.ts'
import { type FakeUpstream, fakeClient, startFakeUpstream } from '../test-support/upstream/fake-upstream.ts'
import { importCommand } from './import.ts'

const longMs = 120_000
const base = Date.UTC(2026, 0, 1)
const minuteMs = 60_000
const webm = Buffer.from('1a45dfa39f428681', 'hex')
let folder: string
let hindsight: HindsightProcesses
let upstream: FakeUpstream

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-sync-'))
  hindsight = hindsightProcesses(folder)
  upstream = await startFakeUpstream()
})
afterEach(async () => {
  await hindsight.end()
  await upstream.stop()
  await rm(folder, { recursive: true, force: true })
})

const environment = () => ({
  UPSTREAM_URL: upstream.origin,
  UPSTREAM_CLIENTS: JSON.stringify({ T: { clientId: fakeClient.id, clientSecret: fakeClient.secret } }),
  UPSTREAM_EMAIL: upstream.account.email,
  UPSTREAM_PASSWORD: upstream.account.password,
})
const command = (more: readonly string[]) => ['sync', '--tenant', 'T', '--rate', '1000', ...more]
const sync = (...more: string[]) => hindsight.run(command(more), { env: environment() })
const start = (...more: string[]) => hindsight.start(command(more), environment())

/** In the contract's order of fields, as the upstream writes it. */
function row(n: number, more: Partial<OracleRow> = {}): OracleRow {
  const startMs = base + n * minuteMs
  const { users, recordings, ...rest } = more
  return {
    startDate: formatInstant(startMs),
    endDate: formatInstant(startMs + 30_000),
    id: `call ${n}`,
    duration: 30,
    users: users ?? [{ uri: `p${n % 7}@x.example`, association: 'MEMBER' }],
    ...(recordings && { recordings }),
    status: n % 3 === 0 ? 'unsuccessful' : 'successful',
    associateInitiated: n % 2 === 0,
    ...rest,
  }
}

async function kept(): Promise<readonly EngagementV1[]> {
  const store = await openStore({ dataDir: folder })
  try {
    const rows: EngagementV1[] = []
    const selection = { ...engagementQuery.defaults, status: 'all', sort: 'oldest' } as const
    for await (const batch of store.source.batches('T', selection))
      rows.push(...batch.map((text): EngagementV1 => JSON.parse(text)))
    return rows
  } finally {
    await store.close()
  }
}
const byId = (rows: readonly EngagementV1[]) =>
  rows.toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
const pages = () => upstream.asked.filter(({ url }) => url.startsWith('/v1/engagements/T?'))

it('serves the same pages with the upstream switched off', { timeout: longMs }, async () => {
  // Many in one second, so that ids order them.
  upstream.rows = Array.from({ length: 700 }, (_, n) =>
    row(Math.min(n, 400), { id: `call ${n}`, duration: n % 50 }),
  )
  upstream.count = (count) => ({ count })
  expect(await sync()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^T: 700 new, 0 changed, \d+ unchanged, 0 missing\n$/),
  })
  const authorization = `Bearer ${upstream.token('T')}`
  const queries = [
    '',
    'limit=100&offset=37',
    'status=unsuccessful&sort=oldest&limit=50',
    'sort=longest&limit=100&offset=300',
    'sort=shortest&limit=7',
    'user=p3@x.example&limit=100',
    'startAfter=2026-01-01T02:00:00&startBefore=2026-01-01T03:00:00&limit=100',
    'endAfter=2026-01-01T02:00:00&sort=oldest',
  ]
  const there = await Promise.all(
    queries.map(async (query) =>
      (await fetch(`${upstream.origin}/v1/engagements/T?${query}`, { headers: { authorization } })).text(),
    ),
  )
  await upstream.stop()
  const add = ['user', 'add', '--tenant', 'T', '--email', 'bo@x.example', '--role', 'supervisor']
  await hindsight.run(add, { input: 'correct horse\n' })
  const origin = await untilReady(hindsight.start(['serve'], { DEMO: 'off' }))
  const basic = Buffer.from('bo@x.example:correct horse').toString('base64')
  const answer = await fetch(`${origin}/v1/auth/T?grant_type=password`, {
    headers: { authorization: `Basic ${basic}` },
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  for (const [index, query] of queries.entries()) {
    const here = await fetch(`${origin}/v1/engagements/T?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await here.text(), query).toBe(there[index])
  }
})

it('loses and doubles nothing, however often it is killed', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 6000 }, (_, n) => row(n))
  upstream.weather = () => ({ kind: 'slow', ms: 15 })
  let killed = 0
  for (const beforeKill of [3, 9, 14, 17, 6]) {
    const asked = pages().length + Math.ceil(Math.random() * beforeKill)
    const { child, ended } = start()
    while (pages().length < asked && child.exitCode === null) await setTimeout(5)
    // Anywhere between a question and the commit of its answer.
    await setTimeout(Math.random() * 25)
    if (child.exitCode === null && child.kill('SIGKILL')) killed++
    await ended
  }
  expect(killed).toBe(5)
  upstream.weather = () => ({ kind: 'fair' })
  const before = pages().length
  expect(await sync()).toMatchObject({ code: 0 })
  // It went on where it was, rather than beginning anew.
  expect(pages().length - before).toBeLessThan(60)
  expect(byId(await kept())).toEqual(byId(upstream.rows))
})

it('catches what ended late, what is new and what was not there in time, with few questions', {
  timeout: longMs,
}, async () => {
  const dayMs = 86_400_000
  const now = Date.now()
  const at = (ms: number) => formatInstant(Math.floor(ms / 1000) * 1000)
  const { endDate: _, ...open } = row(0, { id: 'open', startDate: at(now - 5 * dayMs), status: 'successful' })
  const { endDate: __, ...longOpen } = row(0, {
    id: 'long open',
    startDate: at(now - 30 * dayMs),
    status: 'successful',
  })
  const old = Array.from({ length: 1500 }, (_, n) => row(n))
  upstream.rows = [...old, open, longOpen]
  expect(await sync()).toMatchObject({ code: 0 })
  const first = pages().length
  expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 0 new, 0 changed/) })
  const ended = (row: object) => ({ ...row, endDate: at(now), duration: 99 }) as OracleRow
  const late = row(0, {
    id: 'listed once it had ended',
    startDate: at(now - 20 * dayMs),
    endDate: at(now - 3600_000),
    status: 'successful',
  })
  const fresh = row(0, { id: 'fresh', startDate: at(now), endDate: at(now), status: 'unsuccessful' })
  upstream.rows = [...old, ended(open), ended(longOpen), late, fresh]
  const before = pages().length
  expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 2 new, 2 changed/) })
  expect(pages().length - before).toBeLessThan(first / 2)
  expect(byId(await kept())).toEqual(byId(upstream.rows))
})

it('takes the span that was asked for, whole each time', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 300 }, (_, n) => row(n))
  const span = ['--from', '2026-01-01T01:00:00', '--to', '2026-01-01T01:59:59']
  expect(await sync(...span)).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 60 new/) })
  upstream.rows = upstream.rows.map((one) => ({ ...one, reason: 'corrected' }))
  expect(await sync(...span)).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 0 new, 60 changed/) })
  expect((await kept()).map(({ startDate }) => startDate)).toEqual(
    upstream.rows.slice(60, 120).map(({ startDate }) => startDate),
  )
})

it('goes on with a span where it was killed', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 3000 }, (_, n) => row(n))
  upstream.weather = () => ({ kind: 'slow', ms: 15 })
  const span = ['--from', '2026-01-01', '--to', '2026-01-02']
  const { child, ended } = start(...span)
  await expect.poll(() => pages().length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(10)
  child.kill('SIGKILL')
  await ended
  const before = pages().length
  expect(await sync(...span)).toMatchObject({ code: 0 })
  expect(pages().length - before).toBeLessThan(25)
  expect(byId(await kept())).toEqual(byId(upstream.rows.slice(0, 2 * 24 * 60)))
})

it('tells what cannot be read by id and field, until it can', { timeout: longMs }, async () => {
  const halfSecond = formatInstant(base + 101 * minuteMs + 500)
  upstream.rows = Array.from({ length: 250 }, (_, n) => row(n, n === 101 ? { startDate: halfSecond } : {}))
  upstream.rewritePage = (page) => ({
    ...page,
    engagements: page.engagements.map((one) =>
      (one as OracleRow).id === 'call 101' ? { ...(one as object), duration: 'long' } : one,
    ),
  })
  const told = expect.stringContaining('call 101 · duration: expected a number, zero or more, not "long"\n')
  expect(await sync()).toMatchObject({ code: 1, out: told })
  // It lies behind by now, and is not forgotten.
  expect(await sync()).toMatchObject({ code: 1, out: told })
  upstream.rewritePage = (page) => page
  expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 1 new/) })
  expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 0 new/) })
  expect(await kept()).toHaveLength(250)
})

it('takes what has no start as well, where the upstream counts', { timeout: longMs }, async () => {
  const { startDate: _, endDate: __, ...undated } = row(1, { id: 'undated' })
  upstream.rows = [...Array.from({ length: 400 }, (_, n) => row(n)), undated]
  upstream.count = (count) => ({ count })
  expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/^T: 401 new/) })
})

it('says so when fewer come than the upstream counts', { timeout: longMs }, async () => {
  upstream.rows = [row(1), row(2), row(4)]
  upstream.count = (count) => ({ count })
  upstream.rewritePage = (page) => ({ ...page, engagements: page.engagements.slice(0, 2) })
  expect(await sync()).toMatchObject({
    code: 1,
    out: expect.stringContaining('the upstream counts 3 successful engagements, and gave 2'),
  })
})

const recording = (n: number, more: object = {}) => ({
  uri: `/media/${n}`,
  created: formatInstant(base),
  user: `p${n}@x.example`,
  ...more,
})
const halves = async () =>
  (await readdir(path.join(folder, 'sync')).catch(() => [])).filter((name) => name.endsWith('.half'))

it('goes on with a recording where it was killed, and serves it', { timeout: longMs }, async () => {
  const bytes = Buffer.concat([webm, Buffer.alloc(3_000_000, 'sound')])
  const media = { bytes, type: 'audio/webm', breakAfter: 1_000_000 }
  upstream.media.set('/media/1', media)
  // Of today, so that each run looks at it again.
  const today = formatInstant(Math.floor(Date.now() / 1000) * 1000)
  const dates = { startDate: today, endDate: today }
  upstream.rows = [row(1, { ...dates, recordings: [recording(1, { size: bytes.length })] })]
  const { child, ended } = start('--recordings')
  await expect
    .poll(
      async () => {
        const [half] = await halves()
        return half === undefined ? 0 : (await stat(path.join(folder, 'sync', half))).size
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
  child.kill('SIGKILL')
  await ended
  const [half = ''] = await halves()
  const { size } = await stat(path.join(folder, 'sync', half))
  upstream.media.set('/media/1', { bytes, type: 'audio/webm' })
  const before = upstream.asked.length
  expect(await sync('--recordings')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 recordings taken, 0 missing'),
  })
  const downloads = upstream.asked.slice(before).filter(({ url }) => url === '/media/1')
  expect(downloads.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
    [`bytes=${size}-`, '"of-the-upstream"'],
  ])
  expect(await halves()).toEqual([])
  const [engagement] = await kept()
  const uri = engagement?.recordings?.[0]?.uri ?? ''
  const store = await openStore({ dataDir: folder })
  const held = await store.findRecording('T', uri.slice('/v1/recordings/T/'.length))
  await store.close()
  expect(held).toMatchObject({ size: bytes.length, mediaType: 'audio/webm' })
  // Of a recording that nobody asks for any more; a younger one may be gone on with.
  for (const [name, days] of [
    ['old', 8],
    ['young', 6],
  ] as const) {
    const left = path.join(folder, 'sync', `${name}.half`)
    await writeFile(left, bytes)
    await utimes(left, Date.now() / 1000, Date.now() / 1000 - days * 86_400)
  }
  // Nothing is fetched a second time, nor given back to the upstream by a run without them; and what a process left that was
  // killed right after its commit goes.
  await writeFile(path.join(folder, 'sync', half), bytes)
  expect(await sync('--recordings')).toMatchObject({
    code: 0,
    out: expect.stringContaining(' 0 recordings taken'),
  })
  expect(await halves()).toEqual(['young.half'])
  expect(await sync()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^T: 0 new, 0 changed, 1 unchanged/),
  })
  expect(upstream.asked.slice(before).filter(({ url }) => url === '/media/1')).toHaveLength(1)
})

it('has every recording whole, however often it is killed', { timeout: longMs }, async () => {
  const sounds = Array.from({ length: 12 }, () => Buffer.concat([webm, randomBytes(700_000)]))
  upstream.rows = sounds.map((_, n) => row(n, { recordings: [recording(n)] }))
  const breakOff = (after: number | undefined) => {
    for (const [n, bytes] of sounds.entries()) {
      const media = { bytes, type: 'video/webm' }
      upstream.media.set(`/media/${n}`, after === undefined ? media : { ...media, breakAfter: after })
    }
  }
  breakOff(400_000)
  const downloads = () => upstream.asked.filter(({ url }) => url.startsWith('/media/')).length
  for (let kills = 0; kills < 4; kills++) {
    const until = downloads() + 1 + Math.floor(Math.random() * 4)
    const { child, ended } = start('--recordings')
    await expect.poll(downloads, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(until)
    await setTimeout(Math.random() * 30)
    child.kill('SIGKILL')
    await ended
  }
  breakOff(undefined)
  expect(await sync('--recordings')).toMatchObject({ code: 0 })
  const rows = await kept()
  const store = await openStore({ dataDir: folder })
  const media = openMediaFolder(folder)
  for (const [n, bytes] of sounds.entries()) {
    const uri = rows.find(({ id }) => id === `call ${n}`)?.recordings?.[0]?.uri ?? ''
    const held = await store.findRecording('T', uri.slice('/v1/recordings/T/'.length))
    const file = await media.openFile('T', held as HeldRecording)
    expect((await file.readFile()).equals(bytes)).toBe(true)
    await file.close()
  }
  await store.close()
  expect(await halves()).toEqual([])
})

it('holds up neither removals nor imports while a recording comes', { timeout: longMs }, async () => {
  const bytes = Buffer.concat([webm, randomBytes(1000)])
  const coming = Promise.withResolvers<void>()
  upstream.media.set('/media/0', { bytes, type: 'audio/webm' })
  upstream.media.set('/media/1', { bytes, type: 'audio/webm', after: coming.promise })
  upstream.rows = [0, 1].map((n) => row(n, { recordings: [recording(n)], status: 'successful' }))
  const { ended } = start('--recordings')
  await expect
    .poll(() => upstream.asked.some(({ url }) => url === '/media/1'), { timeout: 20_000 })
    .toBe(true)
  const store = await openStore({ dataDir: folder })
  const media = openMediaFolder(folder)
  const files = () => readdir(path.join(folder, 'recordings'), { recursive: true })
  try {
    expect(await files()).toHaveLength(2)
    await store.writer.remove('T', 'call 0', { atMs: 0, subject: undefined, address: '::1' })
    const removed = removeLeftFiles(store.writer, media, () => {})
    await writeFile(path.join(folder, 'own.webm'), bytes)
    const line = '{"id":"own","recordings":[{"uri":"own.webm"}]}'
    const importing = runCommand(
      importCommand,
      ['-', '--tenant', 'T', '--recordings', folder],
      { DATA_DIR: folder },
      line,
    )
    expect(await removed).toBe('done')
    expect(await importing).toMatchObject({ code: 0 })
    expect(await store.source.engagement('T', 'own')).toBeDefined()
    // The tenant's folder, and the one that was imported.
    expect(await files()).toHaveLength(2)
  } finally {
    await store.close()
    coming.resolve()
  }
  expect(await ended).toMatchObject({
    code: 0,
    out: expect.stringContaining('2 recordings taken, 0 missing'),
  })
})

it('goes on by itself where a recording breaks off', { timeout: longMs }, async () => {
  const bytes = Buffer.concat([webm, Buffer.alloc(2_500_000, 'sound')])
  upstream.media.set('/media/1', { bytes, type: 'audio/webm', breakAfter: 1_000_000 })
  upstream.rows = [row(1, { recordings: [recording(1)] })]
  expect(await sync('--recordings')).toMatchObject({ code: 0 })
  expect((await kept())[0]?.recordings?.[0]).toMatchObject({ size: bytes.length })
})

it('tells recordings that are missing, too short or elsewhere, and asks again the next time', {
  timeout: longMs,
}, async () => {
  const bytes = Buffer.concat([webm, Buffer.alloc(1000)])
  upstream.media.set('/media/2', { bytes, type: 'audio/webm' })
  upstream.media.set('/media/3', { bytes: Buffer.from('<html>'), type: 'audio/webm' })
  const elsewhere = 'https://media.example/4'
  upstream.rows = [
    row(1, { recordings: [recording(1), recording(2, { size: 5000 }), recording(3), { uri: elsewhere }] }),
    ...Array.from({ length: 200 }, (_, n) => row(n + 10)),
  ]
  const { code, out } = await sync('--recordings')
  expect(code).toBe(1)
  expect(out).toContain('0 recordings taken, 4 missing')
  expect(out).toContain('call 1 · recordings[0].uri: is not there any more\n')
  expect(out).toContain('call 1 · recordings[1].uri: has 1008 bytes, where the engagement says 5000\n')
  expect(out).toContain('call 1 · recordings[2].uri: is audio/webm that we cannot serve\n')
  expect(out).toContain(
    'call 1 · recordings[3].uri: lies neither on the upstream nor on one of UPSTREAM_RECORDING_HOSTS\n',
  )
  const uris = async () => byId(await kept())[0]?.recordings?.map(({ uri }) => uri)
  expect(await uris()).toEqual([1, 2, 3].map((n) => `${upstream.origin}/media/${n}`).concat(elsewhere))
  for (const n of [1, 2, 3]) upstream.media.set(`/media/${n}`, { bytes, type: 'application/octet-stream' })
  upstream.rows = [
    row(1, { recordings: [recording(1), recording(2), recording(3)] }),
    ...upstream.rows.slice(1),
  ]
  expect(await sync('--recordings')).toMatchObject({
    code: 0,
    out: expect.stringContaining('3 recordings taken, 0 missing'),
  })
  expect(await uris()).toEqual(Array(3).fill(expect.stringMatching(/^\/v1\/recordings\/T\/[\w-]+$/)))
})

it('renews its token, and waits for as long as the upstream asks for', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 400 }, (_, n) => row(n))
  upstream.expiresIn = '2'
  let busy = 0
  let answeredMs = 0
  const pauses: number[] = []
  upstream.weather = ({ url }) => {
    if (!url.startsWith('/v1/engagements/T?')) return { kind: 'fair' }
    if (answeredMs > 0) pauses.push(Date.now() - answeredMs)
    answeredMs = 0
    if (busy++ % 3 !== 1) return { kind: 'fair' }
    answeredMs = Date.now()
    return { kind: 'status', status: 429, headers: { 'retry-after': '2' } }
  }
  const { code, err } = await sync()
  expect(code).toBe(0)
  expect(pauses.length).toBeGreaterThan(1)
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(1990)
  expect(err).toMatch(/T: \S+ answered 429; asking again in 2 s\n/)
  expect(upstream.asked.filter(({ url }) => url.startsWith('/v1/auth/')).length).toBeGreaterThan(1)
  expect(await kept()).toHaveLength(400)
})

it('goes on when the upstream has come back, and asks for a token anew', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 900 }, (_, n) => row(n))
  upstream.weather = () => ({ kind: 'slow', ms: 20 })
  const { rows, origin } = upstream
  const { printed, ended } = start()
  await expect.poll(() => pages().length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(3)
  await upstream.stop()
  await expect.poll(() => printed.err, { timeout: 20_000 }).toContain('asking again in')
  // As after a restart: what it gave before is worth nothing.
  upstream = await startFakeUpstream(Number(new URL(origin).port))
  upstream.rows = rows
  expect(await ended).toMatchObject({ code: 0 })
  expect(upstream.asked[1]?.url).toMatch(/^\/v1\/auth\//)
  expect(byId(await kept())).toEqual(byId(rows))
})

it('asks no faster than it may', { timeout: longMs }, async () => {
  upstream.rows = Array.from({ length: 900 }, (_, n) => row(n))
  const moments: number[] = []
  upstream.weather = () => {
    moments.push(Date.now())
    return { kind: 'fair' }
  }
  const args = ['sync', '--tenant', 'T', '--rate', '10']
  expect(await hindsight.run(args, { env: environment() })).toMatchObject({ code: 0 })
  const lastedMs = (moments.at(-1) ?? 0) - (moments[0] ?? 0)
  // The sign-in goes with the first page.
  expect(lastedMs).toBeGreaterThanOrEqual((moments.length - 2) * 100 - 50)
})

it('goes on round after round until it is told to stop', { timeout: longMs }, async () => {
  upstream.rows = [row(1)]
  const { child, printed, ended } = start('--every', '1s')
  await expect.poll(() => printed.out, { timeout: 20_000 }).toMatch(/1 new/)
  upstream.rows = [
    row(1),
    row(2, { startDate: formatInstant(Date.now()), endDate: formatInstant(Date.now()) }),
  ]
  await expect.poll(() => printed.out, { timeout: 20_000 }).toMatch(/T: 1 new[\s\S]*T: 1 new/)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0 })
})

it('takes email and password from standard input, and says so when they are wrong', {
  timeout: longMs,
}, async () => {
  const { UPSTREAM_EMAIL: email, UPSTREAM_PASSWORD: password, ...env } = environment()
  upstream.rows = [row(1)]
  const input = `${email}\n${password}\n`
  expect(await hindsight.run(command([]), { env, input })).toMatchObject({ code: 0 })
  const half = { ...env, UPSTREAM_EMAIL: email }
  expect(await hindsight.run(command([]), { env: half, input: `${password}\n` })).toMatchObject({ code: 0 })
  const wrong = await hindsight.run(command([]), { env, input: `${email}\nwrong password\n` })
  expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining(`does not let ${email} in to T`) })
  expect(wrong.out + wrong.err).not.toContain('wrong password')
})

it('is alone in its data folder', { timeout: longMs }, async () => {
  upstream.rows = [row(1)]
  upstream.weather = () => ({ kind: 'silent' })
  start()
  await expect.poll(() => upstream.asked.length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await sync()).toMatchObject({ code: 1, err: expect.stringContaining('Another sync is at work') })
})

it.each([
  [[], '--tenant'],
  [['--tenant', 'T', '--from', 'yesterday'], '--from yesterday: not a date'],
  [['--tenant', 'T', '--to', '2026-02-30'], '--to 2026-02-30: no such day'],
  [
    ['--tenant', 'T', '--from', '2026-02-01', '--to', '2026-01-01'],
    '--from 2026-02-01 is after --to 2026-01-01',
  ],
  [['--tenant', 'T', '--every', '15'], '--every 15: expected a time'],
  [['--tenant', 'T', '--rate', '0'], '--rate 0: expected questions a second'],
  [['--tenant', 'T', '--password', 'x'], '--password'],
  [['--tenant', 'T'], 'UPSTREAM_URL'],
])('refuses %j', async (words, why) => {
  const { code, err } = await hindsight.run(['sync', ...words])
  expect(code).toBe(2)
  expect(err).toContain(why)
})

it('puts recordings into a bucket, and waits for one that is away', { timeout: longMs }, async () => {
  const s3 = await startS3Store()
  try {
    const sounds = [1, 2].map(() => Buffer.concat([webm, randomBytes(50_000)]))
    for (const [n, bytes] of sounds.entries())
      upstream.media.set(`/media/${n}`, { bytes, type: 'audio/webm' })
    upstream.rows = sounds.map((_, n) => row(n, { recordings: [recording(n)] }))
    const round = () => hindsight.run(command(['--recordings']), { env: { ...environment(), ...s3.env } })
    s3.weather = { kind: 'status', status: 503, code: 'SlowDown' }
    const put = await round()
    expect(put).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^T: stopped after 0 new.*HEAD recordings.*503/s),
    })
    s3.weather = { kind: 'fine' }
    const fetched = () => upstream.asked.filter(({ url }) => url.startsWith('/media/')).length
    const before = fetched()
    expect(await round()).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 recordings taken, 0 missing'),
    })
    // What had been fetched by then is not fetched again.
    expect(fetched() - before).toBeLessThan(3)
    expect(await s3.keys()).toHaveLength(2)
    expect(await halves()).toEqual([])
    const again = fetched()
    expect(await round()).toMatchObject({ code: 0 })
    expect(fetched()).toBe(again)
  } finally {
    await s3.stop()
  }
})
