/** The commands with recordings in a bucket: real processes, a real S3 server. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pathOf, routes } from '../../contract/routes.ts'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { readConfig } from '../config.ts'
import { openMedia } from '../media/open-media.ts'
import { openStore } from '../store/open-store.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { type S3Store, startS3Store } from '../test-support/s3-store.ts'
import { openBackend } from './backend.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const mebibyte = 1024 * 1024
const longBytes = 120 * mebibyte
const secret = 'a secret for tests, longer than 32 characters'
const bytes = Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(100_000)])
let s3: S3Store
let folder: string
let dataDir: string
let hindsight: HindsightProcesses

beforeAll(async () => {
  s3 = await startS3Store('')
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  dataDir = path.join(folder, 'data')
  hindsight = hindsightProcesses(dataDir)
  await writeFile(path.join(folder, 'a.webm'), bytes)
})
afterAll(async () => {
  await hindsight.end()
  await s3.stop()
  await rm(folder, { recursive: true })
})

const importOne = (id: string) =>
  hindsight.run(['import', '-', '--tenant', 'T', '--recordings', folder], {
    env: s3.env,
    input: JSON.stringify({ id, recordings: [{ uri: 'a.webm' }] }),
  })

/** A long recording, which takes no room on the disk of either. */
async function keepLong(): Promise<string> {
  const store = await openStore({ dataDir })
  const media = await openMedia({ dataDir, recordings: { kind: 'bucket', ...s3.settings } })
  const before = new Set(await s3.keys())
  const held = await media.takeIn('T', 'long', 'a.webm', path.join(folder, 'a.webm'))
  await store.writer.write('T', [
    { engagement: { id: 'long', associateInitiated: false }, held: [{ ...held, size: longBytes }] },
  ])
  for (const key of await s3.keys()) if (!before.has(key)) await s3.resize(key, longBytes)
  await media.close()
  await store.close()
  return held.id
}

async function bearer(role: 'supervisor' | 'admin') {
  const store = await openStore({ dataDir })
  const tokens = createAccessTokens(secret, store.ended)
  const token = await tokens.issue({ tenant: 'T', subject: 'a@x.example', role })
  await store.close()
  return { authorization: `Bearer ${token}` }
}

it('an import is put off, not rejected, while the store is down', async () => {
  s3.weather = { kind: 'down' }
  const failed = await importOne('call')
  s3.weather = { kind: 'fine' }
  expect(failed).toMatchObject({ code: 1, out: '', err: expect.stringContaining('HEAD recordings/') })
  expect(failed.err).not.toContain(s3.settings.secretAccessKey)
  const taken = await importOne('call')
  expect(taken).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 new, 0 changed, 0 unchanged, 0 rej'),
  })
  expect(await s3.keys()).toHaveLength(1)
  await expect(access(path.join(dataDir, 'recordings'))).rejects.toThrow('ENOENT')
})

it('a server removes what it could not at its start once the store is back', async () => {
  const store = await openStore({ dataDir })
  const media = await openMedia({ dataDir, recordings: { kind: 'bucket', ...s3.settings } })
  const before = await s3.keys()
  const held = await media.takeIn('T', 'gone', 'a.webm', path.join(folder, 'a.webm'))
  await store.writer.write('T', [{ engagement: { id: 'gone', associateInitiated: false }, held: [held] }])
  await store.writer.remove('T', 'gone', { atMs: 0, subject: undefined, address: '::1' })
  await media.close()
  const config = readConfig({ ...s3.env, DATA_DIR: dataDir, DEMO: 'off', SESSION_SECRET: secret })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  try {
    s3.weather = { kind: 'down' }
    const backend = await openBackend(config, pino({ level: 'silent' }), () => {})
    s3.weather = { kind: 'fine' }
    expect(await s3.keys()).toHaveLength(before.length + 1)
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => s3.keys()).toEqual(before)
    await expect.poll(() => store.writer.leftFiles()).toEqual([])
    await backend.close()
  } finally {
    s3.weather = { kind: 'fine' }
    vi.useRealTimers()
    await store.close()
  }
})

describe('a server', () => {
  let origin: string
  let pid: number | undefined
  let headers: { authorization: string }
  let long: string

  beforeAll(async () => {
    long = pathOf(routes.recording, { tenant: 'T', recordingId: await keepLong() })
    headers = await bearer('supervisor')
    const started = hindsight.start(['serve'], {
      ...s3.env,
      DEMO: 'off',
      LOG_LEVEL: 'silent',
      SESSION_SECRET: secret,
    })
    pid = started.child.pid
    origin = await untilReady(started)
  })

  it('gives what was imported, and removes it from the bucket', async () => {
    const list = await fetch(`${origin}/v1/engagements/T/call`, { headers })
    const { recordings } = (await list.json()) as { recordings: readonly [{ uri: string }] }
    const answer = await fetch(origin + recordings[0].uri, { headers: { ...headers, range: 'bytes=8-' } })
    expect(answer.status).toBe(206)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(8))).toBe(true)
    const method = 'DELETE'
    const gone = await fetch(`${origin}/v1/engagements/T/call`, { method, headers: await bearer('admin') })
    expect(gone.status).toBe(204)
    expect(await s3.keys()).toHaveLength(1)
  })

  it('keeps next to nothing of a long recording in memory, however many read it', async () => {
    const residentBytes = async () => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
    }
    const warm = await fetch(origin + long, { headers: { ...headers, range: 'bytes=0-99999' } })
    await warm.arrayBuffer()
    const before = await residentBytes()
    const { hostname, port } = new URL(origin)
    const readers: readonly Socket[] = Array.from({ length: 10 }, () => {
      const socket = connect(Number(port), hostname)
      socket.write(`GET ${long} HTTP/1.1\r\nHost: h\r\nAuthorization: ${headers.authorization}\r\n\r\n`)
      return socket
    })
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    const whole = await fetch(origin + long, { headers })
    let sum = 0
    let most = 0
    for await (const piece of whole.body ?? []) {
      if (Math.floor(sum / (8 * mebibyte)) < Math.floor((sum + piece.length) / (8 * mebibyte)))
        most = Math.max(most, await residentBytes())
      sum += piece.length
    }
    expect(sum).toBe(longBytes)
    expect(most - before).toBeLessThan(64 * mebibyte)
    for (const reader of readers) reader.destroy()
    await expect.poll(() => s3.underWay, { timeout: 10_000 }).toBe(0)
    expect(await readdir(dataDir)).not.toContain('recordings')
  })
})
