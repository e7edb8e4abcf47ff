/** What recordings cost that come through: a process of its own, so that its memory and connections are nobody else's. */
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../../test-support/hindsight-processes.ts'
import {
  type FakeUpstream,
  fakeClient,
  startFakeUpstream,
} from '../../test-support/upstream/fake-upstream.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 30_000 })

const mebibyte = 1024 * 1024
const size = 100 * mebibyte
let folder: string
let hindsight: HindsightProcesses
let upstream: FakeUpstream
let pid: number | undefined
let origin: string
let cookie: string
let address: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  hindsight = hindsightProcesses(folder)
  upstream = await startFakeUpstream()
  upstream.media.set('/long', { bytes: Buffer.alloc(size), type: 'video/webm' })
  upstream.rewritePage = () => ({
    hasMore: false,
    engagements: [{ id: 'a', recordings: [{ uri: '/long' }] }],
  })
  const started = hindsight.start(['serve'], {
    UPSTREAM_URL: upstream.origin,
    UPSTREAM_CLIENTS: JSON.stringify({ T: { clientId: fakeClient.id, clientSecret: fakeClient.secret } }),
    LOG_LEVEL: 'silent',
  })
  origin = await untilReady(started)
  pid = started.child.pid
  const signedIn = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(upstream.account),
  })
  cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  address = (await page()).engagements[0].recordings[0].uri
})
afterAll(async () => {
  await hindsight.end()
  await upstream.stop()
  await rm(folder, { recursive: true, force: true })
})

const page = async () => (await fetch(`${origin}/v1/engagements/T`, { headers: { cookie } })).json()
const openFiles = async () => (await readdir(`/proc/${pid}/fd`)).length
const residentBytes = async () => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

/** A connection that has asked for the recording, and reads nothing by itself. */
function ask(): Socket {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${address} HTTP/1.1\r\nHost: h\r\nCookie: ${cookie}\r\n\r\n`)
  return socket
}

describe.skipIf(process.platform !== 'linux')('of a recording of 100 MB', () => {
  it('fifty stalled readers cost less than 112 MiB, and no page waits for them', async () => {
    await fetch(origin + address, { headers: { cookie, range: 'bytes=0-99999' } }).then((r) =>
      r.arrayBuffer(),
    )
    const before = await residentBytes()
    const readers = Array.from({ length: 50 }, ask)
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    let [last, now] = [0, before]
    const grows = async () => {
      last = now
      now = await residentBytes()
      return Math.abs(now - last)
    }
    await expect.poll(grows, { interval: 300, timeout: 6000 }).toBeLessThan(mebibyte / 8)
    // V8 lets 64 MiB of chunks lie before it collects them, whoever they came from.
    expect((await residentBytes()) - before).toBeLessThan(112 * mebibyte)
    expect((await page()).engagements).toHaveLength(1)
    for (const reader of readers) reader.destroy()
  })

  it('a hundred downloads given up leave no connection open', async () => {
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThan(60)
    const before = await openFiles()
    for (let round = 0; round < 5; round++) {
      const early = Array.from({ length: 10 }, ask)
      const late = Array.from({ length: 10 }, ask)
      await Promise.all(early.map((reader) => once(reader, 'connect')))
      for (const reader of early) reader.destroy()
      await Promise.all(late.map((reader) => once(reader, 'readable')))
      for (const reader of late) reader.destroy()
    }
    await expect.poll(openFiles, { timeout: 8000 }).toBeLessThanOrEqual(before + 5)
    expect((await page()).engagements).toHaveLength(1)
  })

  it('comes through whole', async () => {
    const response = await fetch(origin + address, { headers: { cookie } })
    let sum = 0
    for await (const chunk of response.body ?? []) sum += chunk.length
    expect(sum).toBe(size)
  })
})
