/** Connections to a real PostgreSQL, and those who do not give them back. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test-support/postgres/test-database.ts'
import { type HostPool, openPool } from './open-pool.ts'

let database: TestDatabase
let pool: HostPool
const told: string[] = []

beforeEach(async () => {
  database = await createTestDatabase()
  const { settings } = database
  const [host] = settings.hosts
  pool = openPool(settings, host, { name: 'tests', connections: 2, statementMs: 60_000 }, (error) =>
    told.push(String(error)),
  )
  told.length = 0
})
afterEach(() => database.drop())

it('ends for all that, once it has waited for a while, and says so', async () => {
  const kept = await pool.connect()
  const other = await pool.connect()
  const asked = kept.query('select pg_sleep(60)')
  const ended = pool.end(50)
  other.release()
  await expect(asked).rejects.toThrow()
  await ended
  await expect(kept.query('select 1')).rejects.toThrow()
  // It was taken away before, which is no mistake of whoever had it.
  kept.release()
  expect(told).toEqual(['Error: a connection for tests was not given back, and is taken away'])
})

it('gives the next one its connection at once after others were given up before they had one', async () => {
  // Takes connections, and says nothing before it is to.
  let silent = true
  const { settings } = database
  const sockets: Socket[] = []
  const gate = createServer((socket) => {
    sockets.push(socket)
    if (silent) return
    const { host, port } = settings.hosts[0]
    pipeline(socket, connect(port, host), socket, () => {})
  }).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const { port } = gate.address() as AddressInfo
  const limits = { name: 'tests', connections: 2, statementMs: 60_000 }
  const behind = openPool(settings, { host: '127.0.0.1', port }, limits, () => {})
  // What has a limit of its own is not what ends the wait.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const waiting = [1, 2, 3].map(() => behind.connect({ urgent: true }))
    const failures = Promise.allSettled(waiting)
    await expect.poll(() => sockets.length).toBe(2)
    behind.giveUp(new Error('it is silent'))
    for (const failure of await failures)
      expect(failure).toMatchObject({ reason: { message: 'it is silent' } })
    silent = false
    const both = Promise.all([behind.connect({ urgent: true }), behind.connect()])
    await expect.poll(() => sockets.length).toBe(4)
    for (const client of await both) client.release()
  } finally {
    vi.useRealTimers()
    for (const socket of sockets) socket.destroy()
    await behind.end(50)
    gate.close()
    await pool.end()
  }
})

it('gives nobody an idle connection of a host that is silent by now', async () => {
  const idle = await pool.connect()
  idle.release()
  const waiting = pool.connect({ urgent: true })
  // It has its turn by then, and its connection a moment later.
  await Promise.resolve()
  pool.giveUp(new Error('it is silent'))
  await expect(waiting).rejects.toThrow('it is silent')
  await pool.end()
})

it('keeps no process from its end while the host stands still', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
  const before = sockets()
  const [used, idle] = [await pool.connect(), await pool.connect()]
  const pids = await Promise.all(
    [used, idle].map(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      return rows[0]?.pid ?? 0
    }),
  )
  idle.release()
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    const ended = pool.end(50)
    used.release()
    await ended
    expect(sockets()).toBe(before)
    // Those who stood still are no fault of anybody here.
    expect(told).toEqual([])
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
})
