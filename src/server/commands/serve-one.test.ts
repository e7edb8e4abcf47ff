/** How a server ends when something fails on the way. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../store/engine/sqlite/open-database.ts'
import { serveOne } from './serve-one.ts'

const secret = 'a secret for tests, longer than 32 characters'
let folder: string
let flushed: number

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  flushed = 0
})
afterEach(() => rm(folder, { recursive: true }))

function serve(ready: Parameters<typeof serveOne>[0]['ready'], signal = new AbortController().signal) {
  const log = { logger: pino({ level: 'silent' }), flush: () => flushed++ }
  const config = readConfig({ DATA_DIR: folder, PORT: '0', DEMO: 'off', SESSION_SECRET: secret })
  return serveOne({ config, log, signal, say: () => {}, ready })
}

it('answers nobody any more where nobody can be told that it does', async () => {
  let address = ''
  const served = serve(async (how) => {
    address = how.address
    throw new Error('nobody can be told')
  })
  await expect(served).rejects.toThrow('nobody can be told')
  const { hostname, port } = new URL(address)
  await expect(once(connect(Number(port), hostname), 'connect')).rejects.toThrow('ECONNREFUSED')
})

it('keeps what it has logged when the database cannot be closed in order', async () => {
  const stop = new AbortController()
  const served = serve(async ({ address }) => {
    const token = await createAccessTokens(secret, { has: () => false }).issue({
      tenant: 'T',
      subject: 'admin@x.example',
      role: 'admin',
    })
    await fetch(`${address}/v1/engagements/T`, { headers: { authorization: `Bearer ${token}` } })
    const database = openDatabase(path.join(folder, 'hindsight.db'))
    database.exec('drop table audit')
    database.close()
    stop.abort()
  }, stop.signal)
  await expect(served).rejects.toThrow('audit')
  expect(flushed).toBe(1)
})
