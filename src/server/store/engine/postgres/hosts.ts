/**
 * The hosts of one PostgreSQL: which is the primary, and how far its replicas are behind. They are asked a few times a second
 * by connections of their own, so that another primary is known soon, and nobody has to start anything anew.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { noDatabase } from './failures.ts'
import { type Connections, openPool, type PoolLimits } from './open-pool.ts'
import type { PostgresSettings } from './settings.ts'

const askEveryMs = 250
const probe: PoolLimits = { name: 'watch', connections: 1, statementMs: 800 }
/** Positions of the primary that are kept to tell by when it was where a replica is now. */
const keptPositions = 40

/** Where a connection has to lead. */
export type Wanted =
  /** To the primary. */
  | 'write'
  /** To the primary while there is one, else to whatever answers. */
  | 'fresh-read'
  /** To a replica that is near enough, else as the former. */
  | 'near-read'

interface HostState {
  readonly role: 'primary' | 'replica' | 'silent'
  /** Of the log: what it has written, or has replayed. */
  readonly position: bigint
}

export interface Hosts {
  /** Connections that lead there at each moment, so many to each host. */
  connections(limits: PoolLimits, wanted: Wanted): Connections
  /** Whether those who read near are not at the primary. */
  readsReplica(): boolean
  end(): Promise<void>
}

/** @param lagMs how far a replica may be behind the primary for reads to go to it */
export async function watchHosts(
  settings: PostgresSettings,
  lagMs: number,
  failed: (error: unknown) => void,
): Promise<Hosts> {
  const all = settings.hosts.map((host) => ({ host, watch: openPool(settings, host, probe, failed) }))
  const several = all.length > 1
  const silent: HostState = { role: 'silent', position: 0n }
  // One alone is taken for what is needed; whether it is there shows when it is needed.
  let states: readonly HostState[] = several ? all.map(() => silent) : [{ role: 'primary', position: 0n }]
  let positions: { readonly atMs: number; readonly position: bigint }[] = []
  let ended = false

  const look = async () => {
    const askedMs = performance.now()
    const found = await Promise.all(all.map(({ watch }) => stateOf(watch).catch(() => silent)))
    states = found
    const primary = found.find(({ role }) => role === 'primary')
    if (primary !== undefined)
      positions = [...positions, { atMs: askedMs, position: primary.position }].slice(-keptPositions)
  }
  const again = async () => {
    while (!ended) {
      await delay(askEveryMs, undefined, { ref: false })
      if (!ended) await look()
    }
  }
  const lagOf = ({ position }: HostState): number => {
    const passed = positions.findLast((one) => one.position <= position)
    return passed === undefined ? Number.POSITIVE_INFINITY : performance.now() - passed.atMs
  }
  const place = (wanted: Wanted): number | undefined => {
    const primary = states.findIndex(({ role }) => role === 'primary')
    const replicas = states.flatMap(({ role }, n) => (role === 'replica' ? [n] : []))
    const near = replicas.find((n) => lagOf(states[n] ?? silent) <= lagMs)
    if (wanted === 'near-read' && near !== undefined) return near
    if (primary >= 0) return primary
    return wanted === 'write' ? undefined : replicas[0]
  }
  if (several) {
    await look()
    again()
  }
  return {
    connections(limits, wanted) {
      const pools = all.map(({ host }) => openPool(settings, host, limits, failed))
      return {
        connect() {
          const at = place(wanted)
          const pool = at === undefined ? undefined : pools[at]
          if (pool !== undefined) return pool.connect()
          return Promise.reject(
            noDatabase(`none of its hosts is ${wanted === 'write' ? 'a primary' : 'there'}`),
          )
        },
        end: async () => {
          await Promise.all(pools.map((one) => one.end()))
        },
      }
    },
    readsReplica: () => states[place('near-read') ?? -1]?.role === 'replica',
    async end() {
      ended = true
      await Promise.all(all.map(({ watch }) => watch.end()))
    },
  }
}

async function stateOf(watch: Connections): Promise<HostState> {
  const client = await watch.connect()
  let broken = true
  try {
    const { rows } = await client.query<{ replica: boolean; position: number }>(
      `select pg_is_in_recovery() as replica, (case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
        else pg_current_wal_lsn() end) - '0/0'::pg_lsn as position`,
    )
    broken = false
    const [row] = rows
    return { role: row?.replica === true ? 'replica' : 'primary', position: BigInt(row?.position ?? 0) }
  } finally {
    client.release(broken)
  }
}
