/** Connections to a real PostgreSQL, and those who do not give them back. */
import { expect, it } from 'vitest'
import { createTestDatabase } from '../../../test-support/postgres/test-database.ts'
import { openPool } from './open-pool.ts'

it('ends for all that, once it has waited for a while', async () => {
  const { settings, drop } = await createTestDatabase()
  const [host] = settings.hosts
  const pool = openPool(settings, host, { name: 'test', connections: 2, statementMs: 1000 }, () => {})
  const kept = await pool.connect()
  const other = await pool.connect()
  const ended = pool.end(50)
  other.release()
  await ended
  await expect(kept.query('select 1')).rejects.toThrow()
  // It was taken away before, which is no mistake of whoever had it.
  kept.release()
  await drop()
})
