/** Connections to a real PostgreSQL, and those who do not give them back. */
import { afterEach, beforeEach, expect, it } from 'vitest'
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
