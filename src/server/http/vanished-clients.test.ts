/** Clients that vanish in the middle of an answer, without an end or a reset: they are let go, and keep nothing meanwhile. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FarClient, mayPullCables, startFarClient } from '../test-support/far-network.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const letGo = 'an export was not sent to its end'

describe.runIf(mayPullCables())('a client whose cable is pulled while it reads', () => {
  let client: FarClient
  let server: RunningServer

  beforeAll(async () => {
    client = await startFarClient()
    server = await startServer({
      host: client.host,
      patience: { headersMs: 60_000, wholeMs: 60_000, checkEveryMs: 1000, stillMs: 2000 },
    })
    // More than what lies between two machines.
    const batch = Array.from({ length: 2000 }, (_, n) => ({
      engagement: {
        id: `call ${n}`,
        associateInitiated: false,
        context: randomBytes(6000).toString('base64'),
      },
      held: [],
    }))
    await server.store.writer.write('T', batch)
  })
  afterAll(async () => {
    await server?.stop()
    await client?.end()
  })

  /** Whether nobody keeps a transaction, nor a page of the write-ahead log in place. */
  async function isNothingKept(): Promise<boolean> {
    const { database, folder } = server.stores
    if (database === undefined) {
      const embedded = new DatabaseSync(path.join(folder, 'hindsight.db'))
      const row = embedded.prepare('pragma wal_checkpoint(truncate)').get()
      embedded.close()
      return row?.busy === 0
    }
    const superuser = await database.superuser()
    const { rows } = await superuser.query(`select from pg_stat_activity
      where usename = current_schema() and application_name like 'hindsight %' and state <> 'idle'`)
    await superuser.end()
    return rows.length === 0
  }

  it('is let go once it has taken nothing for as long as anybody may', async () => {
    const { authorization } = await server.bearer('T')
    const target = '/v1/engagements/export/T?status=all&format=ndjson'
    const { port } = new URL(server.origin)
    await client.ask(
      Number(port),
      `GET ${target} HTTP/1.1\r\nHost: h\r\nAuthorization: ${authorization}\r\n\r\n`,
    )
    client.pullCable()
    expect(server.log.text).not.toContain(letGo)
    await expect.poll(isNothingKept).toBe(true)
    await expect.poll(() => server.log.text, { timeout: 10_000 }).toContain(letGo)
    await expect.poll(isNothingKept).toBe(true)
  })
})
