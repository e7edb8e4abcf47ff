/** The `FileLock` of a database: an advisory lock, which ends with the connection that has it. */
import { DatabaseError, type PoolClient } from 'pg'
import type { FileLock } from '../../file-lock.ts'
import type { Connections } from './open-pool.ts'

/** For holders, before a removal is put off. */
const unheldMs = 5_000
/** It means the files of the whole schema. */
const lock = `hashtextextended('hindsight files ' || current_schema(), 0)`

/**
 * Whoever waits for such a lock is not overtaken, neither by holders nor by removals:
 * https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS
 * @param pool of connections whose statements may take as long as a removal does; each hold keeps one
 */
export function createAdvisoryFileLock(pool: Connections): FileLock {
  const letGo = (client: PoolClient) => {
    let done = false
    return () => {
      if (done) return
      done = true
      // One that cannot say so is closed, and lets go by that.
      client.query('select pg_advisory_unlock_all()').then(
        () => client.release(),
        () => client.release(true),
      )
    }
  }
  return {
    async hold() {
      const client = await pool.connect()
      try {
        await client.query(`select pg_advisory_lock_shared(${lock})`)
      } catch (error) {
        client.release(true)
        throw error
      }
      return letGo(client)
    },
    async whileUnheld(act) {
      const how = { urgent: true }
      const client = await pool.connect(how)
      try {
        await client.query(`set lock_timeout = ${unheldMs}`)
        await client.query(`select pg_advisory_lock(${lock})`)
        // With the connection the lock would go, and others begin while we are not done.
        how.urgent = false
        await client.query('reset lock_timeout')
      } catch (error) {
        client.release(true)
        if (error instanceof DatabaseError && error.code === lockNotAvailable) return false
        throw error
      }
      try {
        await act()
        return true
      } finally {
        letGo(client)()
      }
    },
  }
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const lockNotAvailable = '55P03'
