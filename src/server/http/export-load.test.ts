/** What exports cost the process: a server of its own, so that its memory is nobody else's. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { benchEngagements } from '../demo/bench-engagements.ts'
import { openStore } from '../store/open-store.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const secret = 'a secret for tests, longer than 32 characters'
const count = 100_000
const mebibyte = 1024 * 1024
let folder: string
let hindsight: HindsightProcesses
let child: ChildProcess
let origin: string
let headers: { authorization: string }

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const store = await openStore({ dataDir: folder })
  let batch: Parameters<typeof store.writer.write>[1][number][] = []
  for (const engagement of benchEngagements(count, Date.UTC(2026, 10, 22), 365)) {
    batch.push({ engagement, held: [] })
    if (batch.length < 10_000) continue
    await store.writer.write('T', batch)
    batch = []
  }
  const tokens = createAccessTokens(secret, store.ended)
  headers = {
    authorization: `Bearer ${await tokens.issue({ tenant: 'T', subject: 'a@x.example', role: 'supervisor' })}`,
  }
  await store.close()
  hindsight = hindsightProcesses(folder)
  const started = hindsight.start(['serve'], {
    DEMO: 'off',
    LOG_LEVEL: 'silent',
    SESSION_SECRET: secret,
    // Held short, so that what is seen is what is held on to, not what has yet to be collected.
    NODE_OPTIONS: '--max-old-space-size=64',
  })
  child = started.child
  origin = await untilReady(started)
})
afterAll(async () => {
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  await ended
  await hindsight.end()
  await rm(folder, { recursive: true })
})

/** Memory of its own: the database is mapped as well, but those pages are the system's cache. */
async function ownBytes(): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

const address = '/v1/engagements/export/T?status=all'

/** @returns the lines of an export, and the most memory that the process had meanwhile beyond what it had before */
async function read(search: string): Promise<{ lines: number; grownBytes: number }> {
  const before = await ownBytes()
  const response = await fetch(`${origin}${address}${search}`, { headers })
  expect(response.headers.get('hindsight-rows')).toBe(String(count))
  let [lines, most, chunks] = [0, before, 0]
  for await (const chunk of response.body ?? []) {
    for (const byte of chunk) if (byte === 0x0a) lines++
    if (chunks++ % 50 === 0) most = Math.max(most, await ownBytes())
  }
  return { lines, grownBytes: most - before }
}

/** A connection that has asked for an export, and reads nothing by itself. */
function ask(format: string): Socket {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(
    `GET ${address}&format=${format} HTTP/1.1\r\nHost: h\r\nAuthorization: ${headers.authorization}\r\n\r\n`,
  )
  return socket
}

describe.skipIf(process.platform !== 'linux')(`of ${count} engagements`, () => {
  it('as CSV is whole, in constant memory', async () => {
    const { lines, grownBytes } = await read('&about=no')
    expect(lines).toBe(count + 1)
    expect(grownBytes).toBeLessThan(64 * mebibyte)
  })

  it('as a workbook costs no more', async () => {
    const { grownBytes } = await read('&format=xlsx')
    expect(grownBytes).toBeLessThan(64 * mebibyte)
  })

  it('twenty stalled readers cost less than 32 MiB, and keep no writer waiting', async () => {
    const before = await ownBytes()
    const readers = Array.from({ length: 20 }, () => ask('csv'))
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    let [last, now] = [0, before]
    const grows = async () => {
      last = now
      now = await ownBytes()
      return Math.abs(now - last)
    }
    await expect.poll(grows, { interval: 300, timeout: 10_000 }).toBeLessThan(mebibyte / 8)
    expect(now - before).toBeLessThan(32 * mebibyte)
    expect((await fetch(`${origin}/livez`)).status).toBe(200)
    const store = await openStore({ dataDir: folder })
    for (let n = 0; n < 20; n++) {
      const batch = Array.from({ length: 500 }, (_, at) => ({
        engagement: { id: `new ${at}`, reason: `${n} ${'x'.repeat(1000)}`, associateInitiated: false },
        held: [],
      }))
      await store.writer.write('T', batch)
    }
    await store.close()
    // Ten times as much was written; an open reader would have kept the log from being used anew.
    const log = await stat(path.join(folder, 'hindsight.db-wal')).catch(() => ({ size: 0 }))
    expect(log.size).toBeLessThan(8 * mebibyte)
    for (const reader of readers) reader.destroy()
  })

  it('sixty given up leave nothing behind', async () => {
    const giveUpTwenty = async () => {
      const giveUp = async (format: string) => {
        const reader = ask(format)
        await once(reader, 'readable')
        reader.destroy()
      }
      await Promise.all(Array.from({ length: 20 }, (_, n) => giveUp(n % 2 === 0 ? 'csv' : 'xlsx')))
    }
    // Twenty at once take what they take; those after them take no more.
    await giveUpTwenty()
    const before = await ownBytes()
    for (let round = 0; round < 3; round++) await giveUpTwenty()
    expect((await ownBytes()) - before).toBeLessThan(24 * mebibyte)
    // The process is idle again: nobody reads on for those who left.
    const spent = async () => {
      const [, , , , , , , , , , , , , user = 0, system = 0] = (
        await readFile(`/proc/${child.pid}/stat`, 'utf8')
      )
        .split(' ')
        .map(Number)
      return user + system
    }
    let last = await spent()
    const works = async () => {
      const before = last
      last = await spent()
      return last - before
    }
    await expect.poll(works, { interval: 500, timeout: 10_000 }).toBeLessThan(5)
  })
})
