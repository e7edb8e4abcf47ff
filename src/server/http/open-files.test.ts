/** A server that may open no more files: it says so and goes on, once it can. */
import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import {
  type HindsightProcesses,
  hindsightProcesses,
  untilReady,
} from '../test-support/hindsight-processes.ts'
import { type RawConnection, rawConnection } from '../test-support/raw-connection.ts'
import { createTestStores, type TestStores, testSecret } from '../test-support/test-stores.ts'

const openFiles = 128
const longMs = 60_000
let stores: TestStores
let hindsight: HindsightProcesses
let origin: string
let fields: string
let pageFields: string
let connection: RawConnection

beforeEach(async () => {
  stores = await createTestStores()
  const { folder } = stores
  const store = await stores.open()
  const file = path.join(folder, 'a.webm')
  await writeFile(file, Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex'))
  const held = await openMediaFolder(folder).takeIn('T', 'call', 'a.webm', file)
  await store.writer.write('T', [{ engagement: { id: 'call', associateInitiated: false }, held: [held] }])
  const token = await createAccessTokens(testSecret, store.ended).issue({
    tenant: 'T',
    subject: 'a@x.example',
    role: 'supervisor',
  })
  await store.close()
  const rest = `HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${token}\r\n\r\n`
  fields = `/v1/recordings/T/${held.id} ${rest}`
  pageFields = `/v1/engagements/T?status=all ${rest}`
  hindsight = hindsightProcesses(folder)
  const env = { DEMO: 'off', SESSION_SECRET: testSecret, LOG_LEVEL: 'fatal', ...stores.env }
  origin = await untilReady(hindsight.start(['serve'], env, { openFiles }))
  connection = rawConnection(origin)
}, longMs)
afterEach(async () => {
  connection.close()
  await hindsight.end()
  await stores.drop()
})

it.skipIf(process.platform === 'win32')(
  'answers 503 for a recording, and not that it is gone, and goes on with pages',
  {
    timeout: longMs,
  },
  async () => {
    const get = async (method = 'GET') => connection.ask(`${method} ${fields}`)
    expect((await get()).status).toBe(200)
    const early = Array.from({ length: 5 }, () => rawConnection(origin))
    for (const one of early) expect((await one.ask(`GET ${pageFields}`)).status).toBe(200)
    const { hostname, port } = new URL(origin)
    const idle: Socket[] = []
    const crowd = async () => {
      // More each time: what came while the recording was open leaves its place free again.
      for (let n = 0; n < openFiles; n++) idle.push(connect(Number(port), hostname).on('error', () => {}))
      return (await get()).status
    }
    await expect.poll(crowd, { timeout: 10_000 }).toBe(503)
    const refused = await get()
    expect(refused.headers).toMatchObject({
      'retry-after': '5',
      'content-type': 'application/problem+json; charset=utf-8',
    })
    expect(JSON.parse(refused.body)).toMatchObject({
      type: 'urn:problem:hindsight:unavailable',
      status: 503,
      detail: 'No more files can be opened at the moment. Try again in 5 seconds.',
    })
    expect((await get('HEAD')).status).toBe(503)
    // What is open already is enough for them, but where another connection to the database would be needed.
    const pages = await Promise.all(early.map((one) => one.ask(`GET ${pageFields}`)))
    const statuses = new Set(pages.map(({ status }) => status))
    if (inject('engine') === 'embedded') expect(statuses).toEqual(new Set([200]))
    else expect(statuses.difference(new Set([200, 503])).size).toBe(0)
    for (const socket of idle) socket.destroy()
    await expect.poll(async () => (await get()).status, { timeout: 10_000 }).toBe(200)
    for (const one of early) {
      expect((await one.ask(`GET ${pageFields}`)).status).toBe(200)
      one.close()
    }
  },
)
