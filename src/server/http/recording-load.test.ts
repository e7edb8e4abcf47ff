/** What reading recordings costs the process: a server of its own, so that its memory and files are nobody else's. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { openStore } from '../store/open-store.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const secret = 'a secret for tests, longer than 32 characters'
const size = 200 * 1024 * 1024
const mebibyte = 1024 * 1024
let folder: string
let hindsight: HindsightProcesses
let child: ChildProcess
let origin: string
let address: string
let headers: { authorization: string }

async function startProcess(): Promise<void> {
  const env = { DEMO: 'off', LOG_LEVEL: 'silent', SESSION_SECRET: secret }
  const started = hindsight.start(['serve'], env)
  child = started.child
  origin = await untilReady(started)
}

async function stopProcess(): Promise<void> {
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  await ended
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const store = await openStore({ dataDir: folder })
  const media = openMediaFolder(folder)
  const file = path.join(folder, 'long.webm')
  await writeFile(file, Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex'))
  const held = await media.takeIn('T', 'call', 'long.webm', file)
  // Sparse: it takes no room on the disk.
  await truncate(media.pathOf('T', held), size)
  await store.writer.write('T', [{ engagement: { id: 'call', associateInitiated: false }, held: [held] }])
  const token = await createAccessTokens(secret, store.ended).issue({
    tenant: 'T',
    subject: 'a@x.example',
    role: 'supervisor',
  })
  await store.close()
  headers = { authorization: `Bearer ${token}` }
  address = `/v1/recordings/T/${held.id}`
  hindsight = hindsightProcesses(folder)
  await startProcess()
})
afterAll(async () => {
  await stopProcess()
  await hindsight.end()
  await rm(folder, { recursive: true })
})

const openFiles = async () => (await readdir(`/proc/${child.pid}/fd`)).length
const residentBytes = async () => {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

/** A connection that has asked for the recording, once or several times ahead, and reads nothing by itself. */
function ask(fields = '', times = 1): Socket {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const one = `GET ${address} HTTP/1.1\r\nHost: h\r\nAuthorization: ${headers.authorization}\r\n${fields}\r\n`
  socket.write(one.repeat(times))
  return socket
}

const etag = async () => (await fetch(origin + address, { method: 'HEAD', headers })).headers.get('etag')

it('keeps a recording’s tag over a restart', async () => {
  const before = await etag()
  expect(before).toMatch(/^"\w{64}"$/)
  await stopProcess()
  await startProcess()
  expect(await etag()).toBe(before)
})

describe.skipIf(process.platform !== 'linux')('of a recording of 200 MB', () => {
  it('fifty stalled readers cost less than 64 MiB', async () => {
    await (await fetch(origin + address, { headers: { ...headers, range: 'bytes=0-99999' } })).arrayBuffer()
    const before = await residentBytes()
    const readers = Array.from({ length: 50 }, () => ask())
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    let [last, now] = [0, before]
    const grows = async () => {
      last = now
      now = await residentBytes()
      return Math.abs(now - last)
    }
    await expect.poll(grows, { interval: 300, timeout: 4000 }).toBeLessThan(mebibyte / 8)
    expect((await residentBytes()) - before).toBeLessThan(64 * mebibyte)
    // Nobody else waits for them.
    expect((await fetch(`${origin}/livez`)).status).toBe(200)
    for (const reader of readers) reader.destroy()
  })

  it('three hundred downloads given up leave no file open', async () => {
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThan(50)
    const before = await openFiles()
    for (let round = 0; round < 10; round++) {
      const early = Array.from({ length: 10 }, () => ask())
      const late = [
        ...Array.from({ length: 10 }, () => ask()),
        ...Array.from({ length: 10 }, () => ask('Range: bytes=0-99999999,150000000-\r\n')),
      ]
      await Promise.all(early.map((reader) => once(reader, 'connect')))
      for (const reader of early) reader.destroy()
      await Promise.all(late.map((reader) => once(reader, 'readable')))
      for (const reader of late) reader.destroy()
    }
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThanOrEqual(before)
  })

  it('nor do those that were asked for ahead on one connection', async () => {
    const before = await openFiles()
    const readers = Array.from({ length: 10 }, () => ask('', 5))
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    // Each has its connection, and the file of every answer.
    await expect.poll(openFiles, { timeout: 5000 }).toBeGreaterThanOrEqual(before + 60)
    for (const reader of readers) reader.destroy()
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThanOrEqual(before)
  })

  it('is sent whole', async () => {
    const response = await fetch(origin + address, { headers })
    let sum = 0
    for await (const chunk of response.body ?? []) sum += chunk.length
    expect(sum).toBe(size)
  })
})
