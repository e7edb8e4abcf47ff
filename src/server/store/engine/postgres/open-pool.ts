/** Connections to one PostgreSQL host: https://node-postgres.com/apis/pool, with limits on the time of everything, at both ends. */
import { readFileSync } from 'node:fs'
import { Client, type ClientBase, type ClientConfig, Pool, type PoolClient, types } from 'pg'
import { breakOff } from './break-off.ts'
import { explained } from './failures.ts'
import type { PostgresHost, PostgresSettings } from './settings.ts'
import { unescapeText } from './text-escape.ts'
import { createTurns } from './turns.ts'

/** How long a connection is waited for. */
const connectMs = 1000
/** Of a transaction that nobody goes on with: the server ends it, and gives its locks back. */
const idleInTransactionMs = 30_000
/** Of those who have a connection when all is to end, and of a host to say goodbye. */
const usualGraceMs = 5000
/** The server gives up a little before we do, and so tells us what it was that took so long. */
const earlierMs = 100

export interface PoolLimits {
  /** What for; shown by the server in pg_stat_activity. */
  readonly name: string
  readonly connections: number
  /** How long one statement may take. */
  readonly statementMs: number
  /** How long one statement may wait for a lock; absent: as long as it may take. */
  readonly lockMs?: number
}

export interface Urgency {
  /** Somebody waits for what is done with a connection: it is given up as soon as the host is known to be silent. */
  readonly urgent: boolean
}

/** Connections to one host, so many at once. */
export interface Connections {
  /**
   * One that is free, or else the next: in their turn, for as long as the host answers. When it does not answer one of those
   * who have a connection, all who wait for something urgent are told.
   * @param how looked at again when the host falls silent: what must not be given up any more takes its urgency back
   * @throws SourceFailure when the host does not answer
   */
  connect(how?: Urgency): Promise<PoolClient>
  /**
   * Nothing of it keeps a process from its end then.
   * @param graceMs how long those who have a connection are waited for before it is taken away, and how long a host that
   *   stands still may take to close one
   */
  end(graceMs?: number): Promise<void>
}

export interface HostPool extends Connections {
  /** The host is silent: whatever is urgent and waits for it fails. */
  giveUp(error: unknown): void
}

/**
 * @param failed told of idle connections that broke, which are replaced by new ones, and of those that were not given back when
 *   all was to end
 */
export function openPool(
  settings: PostgresSettings,
  host: PostgresHost,
  limits: PoolLimits,
  failed: (error: unknown) => void,
): HostPool {
  let made: ClientBase | undefined
  const pool = makePool(settings, host, limits, (client) => {
    made = client
  })
  // An idle connection that breaks is an event, and one that nobody listens to ends the process.
  pool.on('error', (error) => failed(explained(error)))
  /** Those that are not closed yet, whoever has them. */
  const open = new Set<PoolClient>()
  pool.on('connect', (client) => {
    // One that somebody has breaks as well; its own statements tell them.
    client.on('error', () => {})
    open.add(client)
    client.once('end', () => open.delete(client))
  })
  const turns = createTurns(limits.connections)
  /** What takes each of those who have it its connection. */
  const taken = new Set<() => void>()
  const urgents = new Set<(error: unknown) => void>()
  /** @returns `new` while it is not connected yet; nothing: one was idle */
  const take = (): { readonly connecting: Promise<PoolClient>; readonly new: ClientBase | undefined } => {
    made = undefined
    const connecting = pool.connect()
    return { connecting, new: made }
  }
  return {
    async connect(how = { urgent: false }) {
      const { urgent } = how
      const leave = await turns.next(urgent)
      const { connecting, new: begun } = take()
      let using = begun
      let givenUp: { readonly error: unknown } | undefined
      const giveUp = (error: unknown) => {
        if (!how.urgent) return
        givenUp = { error }
        // One that is not connected yet as well: the pool would have no room for the next turn until it has failed by itself.
        if (using !== undefined) breakOff(using)
      }
      if (urgent) urgents.add(giveUp)
      try {
        const client = await connecting
        if (givenUp !== undefined) {
          client.release(true)
          throw givenUp.error
        }
        using = client
        const { release } = client
        const giveBack = (broken?: Error | boolean) => {
          // It may have been taken away.
          if (!taken.delete(takeAway)) return
          urgents.delete(giveUp)
          release(broken)
          leave(broken === true)
        }
        const takeAway = () => giveBack(true)
        taken.add(takeAway)
        client.release = giveBack
        return client
      } catch (error) {
        urgents.delete(giveUp)
        leave(true)
        throw explained(givenUp === undefined ? error : givenUp.error)
      }
    },
    giveUp(error) {
      turns.giveUp(error)
      for (const giveUp of [...urgents]) giveUp(error)
    },
    async end(graceMs = usualGraceMs) {
      const late = setTimeout(() => {
        for (const _ of taken)
          failed(new Error(`a connection for ${limits.name} was not given back, and is taken away`))
        for (const client of open) breakOff(client)
        for (const takeAway of taken) takeAway()
      }, graceMs)
      await pool.end()
      await Promise.all([...open].map((client) => new Promise<void>((done) => client.once('end', done))))
      clearTimeout(late)
    },
  }
}

function makePool(
  { user, password, database, sslMode, sslRootCert }: PostgresSettings,
  { host, port }: PostgresHost,
  { name, connections, statementMs, lockMs }: PoolLimits,
  made: (client: ClientBase) => void,
): Pool {
  return new Pool({
    Client: class extends Client {
      constructor(config?: ClientConfig) {
        super(config)
        made(this)
      }
    },
    host,
    port,
    user,
    password,
    database,
    max: connections,
    ssl:
      sslMode === 'disable'
        ? false
        : {
            rejectUnauthorized: sslMode === 'verify-full',
            ...(sslRootCert !== undefined && { ca: readFileSync(sslRootCert) }),
          },
    application_name: `hindsight ${name}`,
    // Statements go out without waiting for the answers of those before them: a transaction of several is one round trip.
    pipeline: true,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    statement_timeout: statementMs - earlierMs,
    ...(lockMs !== undefined && { lock_timeout: lockMs }),
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    // Planned with the values at hand, a statement touches the months that it needs; one plan for all would open all of them.
    options: '-c plan_cache_mode=force_custom_plan',
    types: { getTypeParser },
  })
}

/** https://www.postgresql.org/docs/18/catalog-pg-type.html. Whole numbers of ours are all ones that JavaScript has. */
const text = new Set([25, 1042, 1043])
const numbers = new Set([20, 1700])

// biome-ignore lint/suspicious/noExplicitAny: as pg types it
function getTypeParser(type: number, format?: any): any {
  if (format === 'binary') return types.getTypeParser(type, format)
  if (text.has(type)) return unescapeText
  return numbers.has(type) ? Number : types.getTypeParser(type, format)
}
