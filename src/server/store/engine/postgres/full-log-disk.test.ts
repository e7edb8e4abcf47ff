/** A PostgreSQL that ends itself since its write-ahead log has no room: nothing acknowledged is lost, and all goes on by itself. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { type LogOnSmallDisk, startLogOnSmallDisk } from '../../../test-support/postgres/log-on-small-disk.ts'
import { type RunningServer, startServer } from '../../../test-support/running-server.ts'
import { mayMountDisks } from '../../../test-support/small-disk.ts'
import { openStore } from '../../open-store.ts'

const batchRows = 20
/** The server takes its time to end itself. */
const ended = { timeout: 10_000, interval: 100 }
/** So soon after it is back everything works again. */
const soon = { timeout: 5000, interval: 100 }

describe.runIf(mayMountDisks())('a write-ahead log without room', () => {
  let log: LogOnSmallDisk
  let server: RunningServer

  beforeAll(async () => {
    log = await startLogOnSmallDisk(32)
    const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
    server = await startServer({
      over: {
        folder,
        database: undefined,
        env: {},
        open: ({ failed = () => {}, aheadMs = () => 0 } = {}) =>
          openStore({
            dataDir: folder,
            database: log.settings,
            auditFailed: failed,
            databaseFailed: failed,
            aheadMs,
          }),
        drop: () => rm(folder, { recursive: true }),
      },
    })
  })
  afterAll(async () => {
    try {
      await server?.stop()
    } finally {
      await log?.end()
    }
  })

  let rows = 0
  /** What cannot be pressed. */
  const write = async () => {
    const batch = Array.from({ length: batchRows }, (_, n) => ({
      engagement: {
        id: `k${rows + n}`,
        status: 'successful',
        associateInitiated: false,
        context: randomBytes(1500).toString('base64'),
      },
      held: [],
    }))
    await server.store.writer.write('T', batch)
    rows += batch.length
  }
  const ask = async () =>
    fetch(`${server.origin}/v1/engagements/T?limit=100`, { headers: await server.bearer('T') })

  it('is told, and harms nothing that was acknowledged', async () => {
    await write()
    log.disk.fill()
    const writeOn = async () => {
      for (;;) await write()
    }
    // The server tells the one who wrote why it ends itself, where nobody else of its own was first.
    await expect(writeOn()).rejects.toMatchObject({ kind: expect.stringMatching(/^no-(room|database)$/) })
    // It cannot recover without room either, and has ended.
    await expect.poll(async () => (await ask()).status, ended).toBe(503)
    const answer = await ask()
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({
      type: 'urn:problem:hindsight:unavailable',
      detail: 'The database does not answer. Try again in 1 seconds.',
    })

    log.disk.grow(64)
    await log.postgres.kill()
    await log.postgres.start()
    await expect.poll(async () => (await ask()).status, soon).toBe(200)
    const stored = await server.store.source.count('T', { ...engagementQuery.defaults, status: 'all' })
    // One that was being written may be there without having been acknowledged.
    expect([rows, rows + batchRows]).toContain(stored)
    await write()
    expect(await server.store.check.findings(new AbortController().signal)).toEqual([])
  })
})
