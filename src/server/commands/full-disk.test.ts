/** A disk that is full: what was committed stays, what cannot be is told, and all goes on where there is room. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { pageQuery } from '../../contract/query/page-query.ts'
import { stateQuery } from '../../contract/query/stated-query.ts'
import { hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { runCommand } from '../test-support/run-command.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'
import { mayMountDisks, mountSmallDisk, type SmallDisk } from '../test-support/small-disk.ts'
import { createTestStores } from '../test-support/test-stores.ts'
import { importCommand } from './import.ts'

const importing = ['-', '--tenant', 'T']
const embedded = inject('engine') === 'embedded'

describe.runIf(mayMountDisks())('a disk that is full', () => {
  let disk: SmallDisk
  let server: RunningServer
  let leave: (() => Promise<void>) | undefined

  beforeAll(async () => {
    // Where they run as root, the PostgreSQL of the tests runs as another.
    disk = mountSmallDisk(12, embedded || process.getuid?.() !== 0 ? undefined : 'postgres')
    const stores = await createTestStores(undefined, embedded ? disk.folder : undefined)
    leave = await stores.database?.putInto(disk.folder)
    server = await startServer({ over: stores })
  })
  afterAll(async () => {
    try {
      await server.stop()
      await leave?.()
    } finally {
      disk.unmount()
    }
  })

  // What cannot be pressed.
  const rows = Array.from({ length: 6000 }, (_, at) =>
    JSON.stringify({
      id: `k${at}`,
      status: 'successful',
      startDate: 1_790_000_000_000 + at,
      context: randomBytes(1500).toString('base64'),
    }),
  )
  const importRows = (first: number) =>
    runCommand(
      importCommand,
      importing,
      { DATA_DIR: server.folder, ...server.env },
      rows.slice(0, first).join('\n'),
    )
  const stored = () => server.store.source.count('T', { ...engagementQuery.defaults, status: 'all' })

  let views = 0
  async function saveView(): Promise<Response> {
    const name = `view-${++views}`
    const user = Array.from({ length: 50 }, () => `${randomBytes(100).toString('hex')}@x.example`)
    const parameters = stateQuery({ ...pageQuery.defaults, user })
    return fetch(`${server.origin}/v1/views/T/${name}`, {
      method: 'PUT',
      headers: { ...(await server.bearer('T')), 'content-type': 'application/json', 'if-none-match': '*' },
      body: JSON.stringify({ name, format: 1, parameters }),
    })
  }

  it('ends an import with what is wrong, keeps what it had committed, and refuses other writes in words', async () => {
    expect(await importRows(500)).toMatchObject({ code: 0 })
    const { code, err } = await importRows(6000)
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(
        embedded
          ? /^-: database or disk is full\n$/
          : /^-: the database has no room left: 53100 .*No space left on device\n$/,
      ),
    })
    expect(await stored()).toBe(500)
    disk.fill()
    let refused = await saveView()
    while (refused.status === 201) refused = await saveView()
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('30')
    expect(await refused.json()).toMatchObject({
      type: 'urn:problem:hindsight:unavailable',
      detail: 'The database has no room left, and can keep nothing for now. Try again in 30 seconds.',
    })
    const page = await fetch(`${server.origin}/v1/engagements/T`, { headers: await server.bearer('T') })
    expect(page.status).toBe(200)
    expect((await page.json()).engagements).toHaveLength(10)
    expect(await stored()).toBe(500)
  })

  it('is written to again once there is room', async () => {
    disk.grow(100)
    expect((await saveView()).status).toBe(201)
    expect(await importRows(6000)).toEqual({
      code: 0,
      out: '-: 5500 new, 0 changed, 500 unchanged, 0 rejected\n',
      err: '',
    })
    expect(await server.store.check.findings(new AbortController().signal)).toEqual([])
  })
})

it.runIf(embedded)('is stood for by a limit on the size of each file, wherever the tests run', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const processes = hindsightProcesses(folder)
  const rows = Array.from({ length: 25_000 }, (_, at) =>
    JSON.stringify({
      id: `k${at}`,
      status: 'successful',
      startDate: 1_790_000_000_000 + at,
      context: 'x'.repeat(300),
    }),
  ).join('\n')
  try {
    const { child, ended } = processes.start(['import', ...importing], {}, { fileKib: 12_000 })
    child.stdin.on('error', () => undefined)
    child.stdin.end(rows)
    const { code, err } = await ended
    expect(code).toBe(1)
    expect(err).toMatch(/^-: (disk I\/O error|database or disk is full)\n$/)
    const database = new DatabaseSync(path.join(folder, 'hindsight.db'))
    expect(database.prepare('pragma integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
    const committed = Number(database.prepare('select count(*) as n from engagement').get()?.n)
    database.close()
    expect(committed).toBeGreaterThan(0)
    expect(committed).toBeLessThan(25_000)
    const again = await processes.run(['import', ...importing], { input: rows })
    expect(again.out).toBe(`-: ${25_000 - committed} new, 0 changed, ${committed} unchanged, 0 rejected\n`)
  } finally {
    await processes.end()
    await rm(folder, { recursive: true })
  }
})
