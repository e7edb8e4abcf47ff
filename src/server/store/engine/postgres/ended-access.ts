/** Access that has ended, by whatever instance: read twice a second and more, and looked up in memory for each request. */

import type { EndedAccess } from '../../../auth/ended-access.ts'
import { type Ends, endedWithin, isEnded, keyOf } from '../../ended-window.ts'
import { explained } from './failures.ts'
import type { Connections } from './open-pool.ts'

const rereadMs = 400

export interface KeptEndedAccess extends EndedAccess {
  close(): void
}

/** The setting ends with its transaction; all of it is one round trip. */
const text = `begin read only; set local hindsight.ended = 'on'`
const rows = `select t.name, a.email as subject, a.ended_ms, a.disabled_ms from account a join tenant t on t.key = a.tenant
  where a.ended_ms > $1 union all
  select t.name, a.id, a.ended_ms, a.disabled_ms from client a join tenant t on t.key = a.tenant where a.ended_ms > $1`

/**
 * Reads for the first time before it is given.
 * @param failed told when it cannot be read; what was known stays, and it is tried again
 */
export async function keepEndedAccess(
  pool: Connections,
  failed: (error: unknown) => void,
): Promise<KeptEndedAccess> {
  const read = async (): Promise<Ends> => {
    const client = await pool.connect({ urgent: true })
    let broken = true
    try {
      const [, { rows: found }] = await Promise.all([
        client.query(text),
        client.query<{ name: string; subject: string; ended_ms: number; disabled_ms: number | null }>(rows, [
          endedWithin(Date.now()),
        ]),
        client.query('commit'),
      ])
      broken = false
      return new Map(
        found.map(({ name, subject, ended_ms, disabled_ms }) => [
          keyOf(name, subject),
          { endedMs: ended_ms, disabled: disabled_ms !== null },
        ]),
      )
    } finally {
      client.release(broken)
    }
  }
  let ends = await read().catch((error: unknown) => {
    throw explained(error)
  })
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    timer = setTimeout(async () => {
      try {
        ends = await read()
      } catch (error) {
        if (!closed) failed(explained(error))
      }
      if (!closed) again()
    }, rereadMs).unref()
  }
  again()
  return {
    has: (identity, issuedMs) => isEnded(ends, identity, issuedMs),
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
