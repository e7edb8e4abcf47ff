/** One sync of all machines: https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS */
import { explained } from './failures.ts'
import type { Connections } from './open-pool.ts'

/**
 * The lock is a connection's, and the server takes it away with that, however it ends.
 * @returns what lets go of it; undefined: another process has it
 */
export async function lockSync(pool: Connections): Promise<(() => void) | undefined> {
  const client = await pool.connect()
  // Where it breaks later on another sync may begin: what both write is safe beside each other, and costs twice the questions.
  const letGo = () => client.release(true)
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('hindsight sync ' || current_schema(), 0)) as locked`,
    )
    if (rows[0]?.locked === true) return letGo
  } catch (error) {
    letGo()
    throw explained(error)
  }
  letGo()
  return undefined
}
