/**
 * The hosts of one PostgreSQL: which is the primary, how far its replicas are behind, and which are silent. Each is asked a few
 * times a second by a connection of its own, so that another primary is known soon, and nobody has to start anything anew; and
 * that a statement which takes long is told from a host that stands still.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { breakOffAfter } from './break-off.ts'
import { explained, noDatabase } from './failures.ts'
import { type Connections, type HostPool, openPool, type PoolLimits } from './open-pool.ts'
import type { PostgresSettings } from './settings.ts'

const askEveryMs = 200
/** Whoever waits for a host that stands still is told after both at most, which is to be within a second and a half. */
const answerMs = 1000
/** What is too late is found out by the former. */
const probe: PoolLimits = { name: 'watch', connections: 1, statementMs: 5000 }
/** Positions of the primary that are kept to tell by when it was where a replica is now. */
const keptPositions = 50

/** Where a connection has to lead. */
export type Wanted =
  /** To the primary. */
  | 'write'
  /** To the primary while there is one, else to whatever answers. */
  | 'fresh-read'
  /** To a replica that is near enough, else as the former. */
  | 'near-read'

type Role = 'primary' | 'replica'

interface HostState {
  readonly role: Role | 'silent'
  /** Of the log: what it has written, or has replayed. */
  readonly position: bigint
  /** What it was when it answered last. */
  readonly last: Role | undefined
  /** Why it is silent. */
  readonly error?: unknown
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
  const all = settings.hosts.map((host) => ({
    host,
    watch: openPool(settings, host, probe, failed),
    pools: [] as HostPool[],
  }))
  const unknown: HostState = { role: 'silent', position: 0n, last: undefined }
  const states: HostState[] = all.map(() => unknown)
  let positions: { readonly atMs: number; readonly position: bigint }[] = []
  let ended = false

  const isPrimary = ({ role }: HostState) => role === 'primary'
  const look = async (n: number) => {
    const askedMs = performance.now()
    const { watch, pools } = all[n] as (typeof all)[number]
    const last = states[n]?.last
    states[n] = await stateOf(watch, all.length > 1).then(
      ({ role, position }) => ({ role, position, last: role }),
      (error: unknown) => ({ ...unknown, last, error }),
    )
    const { role, position, error } = states[n]
    if (role === 'silent') for (const pool of pools) pool.giveUp(explained(error))
    if (role === 'primary' && states.findIndex(isPrimary) === n)
      positions = [...positions, { atMs: askedMs, position }].slice(-keptPositions)
  }
  const again = async (n: number) => {
    while (!ended) {
      await delay(askEveryMs, undefined, { ref: false })
      if (!ended) await look(n)
    }
  }
  const lagOf = ({ position }: HostState): number => {
    const passed = positions.findLast((one) => one.position <= position)
    return passed === undefined ? Number.POSITIVE_INFINITY : performance.now() - passed.atMs
  }
  /** @param roleOf what each host is taken for */
  const place = (wanted: Wanted, roleOf: (state: HostState) => Role | 'silent'): number | undefined => {
    const primary = states.findIndex((state) => roleOf(state) === 'primary')
    const replicas = states.flatMap((state, n) => (roleOf(state) === 'replica' ? [n] : []))
    const near = replicas.find((n) => lagOf(states[n] ?? unknown) <= lagMs)
    if (wanted === 'near-read' && near !== undefined) return near
    if (primary >= 0) return primary
    return wanted === 'write' ? undefined : replicas[0]
  }
  const now = ({ role }: HostState) => role
  const lately = ({ role, last }: HostState) => (role === 'silent' ? (last ?? role) : role)
  await Promise.all(all.map((_, n) => look(n)))
  for (const n of all.keys()) again(n)
  return {
    connections(limits, wanted) {
      const pools = all.map(({ host }) => openPool(settings, host, limits, failed))
      for (const [n, pool] of pools.entries()) all[n]?.pools.push(pool)
      return {
        connect(how) {
          // Long work is not given up for a host that was silent for a moment.
          const at = place(wanted, now) ?? (how?.urgent === true ? undefined : place(wanted, lately))
          const pool = at === undefined ? undefined : pools[at]
          if (pool !== undefined) return pool.connect(how)
          const error = states.find((state) => state.error !== undefined)?.error
          if (error !== undefined) return Promise.reject(explained(error))
          return Promise.reject(noDatabase('none of its hosts is a primary'))
        },
        end: async () => {
          await Promise.all(pools.map((one) => one.end()))
        },
      }
    },
    readsReplica: () => states[place('near-read', now) ?? -1]?.role === 'replica',
    async end() {
      ended = true
      await Promise.all(all.map(({ watch }) => watch.end(answerMs)))
    },
  }
}

/** @param several of one alone nobody asks how far it is, which not every host would tell */
async function stateOf(
  watch: Connections,
  several: boolean,
): Promise<{ readonly role: Role; readonly position: bigint }> {
  const client = await watch.connect()
  const answered = breakOffAfter(answerMs, client)
  let broken = true
  try {
    const { rows } = await client.query<{ replica: boolean; position: number }>(several ? where : what)
    broken = false
    const [row] = rows
    return { role: row?.replica === true ? 'replica' : 'primary', position: BigInt(row?.position ?? 0) }
  } finally {
    answered()
    client.release(broken)
  }
}

const what = 'select pg_is_in_recovery() as replica'
const where = `${what}, (case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
  else pg_current_wal_lsn() end) - '0/0'::pg_lsn as position`
