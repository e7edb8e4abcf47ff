/** A primary and a streaming replica of it, both real, for tests of what happens when one of them is not there. */
import { spawnSync } from 'node:child_process'
import { appendFile, chmod, chown, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import {
  createRoles,
  freePort,
  initdbFlags,
  ownerRole,
  rolePassword,
  serverFlags,
  superuser,
} from './cluster.ts'
import { EmbeddedPostgres } from './embedded-postgres.ts'
import { type ServerProcess, serverProcess } from './server-process.ts'

export interface ReplicatedServer extends ServerProcess {
  readonly port: number
  /** Of the superuser; to be ended by whoever asked. @param database `hindsight` is that of `url` */
  connect(database?: 'hindsight'): Promise<Client>
}

export interface ReplicatedCluster {
  readonly primary: ReplicatedServer
  readonly replica: ReplicatedServer
  /** For `DATABASE_URL`: the database's owner, at both. */
  readonly url: string
  /** Everything that the primary has committed is on the replica by then. */
  caughtUp(): Promise<void>
  /** Makes the replica a primary. */
  promote(): Promise<void>
  /** Ends whatever runs, and removes it. */
  end(): Promise<void>
}

const database = 'hindsight'
const askAgainMs = 20

export async function startReplicatedCluster(): Promise<ReplicatedCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-replicated-'))
  // Where root runs the tests, the servers run as another user, who has to come in.
  await chmod(folder, 0o755)
  const dataOf = (name: string) => path.join(folder, name)
  const root = process.getuid?.() === 0
  await new EmbeddedPostgres({
    ...superuser,
    databaseDir: dataOf('primary'),
    createPostgresUser: root,
    initdbFlags,
    onLog: () => {},
    onError: () => {},
  }).initialise()
  const runsAs = root ? { uid: idOf('-u'), gid: idOf('-g') } : undefined

  const server = async (name: string): Promise<ReplicatedServer> => {
    const port = await freePort()
    const connect = async (inside: string = 'postgres') => {
      const client = new Client({ ...superuser, host: '127.0.0.1', port, database: inside })
      // Sent away by a server that ends.
      client.on('error', () => {})
      await client.connect()
      return client
    }
    const flags = [
      ...serverFlags,
      // What is committed outlives a kill.
      ...['-c', 'synchronous_commit=on'],
      // The replica may be gone for as long as a test likes.
      ...['-c', 'wal_keep_size=1GB', '-c', 'wal_retrieve_retry_interval=100ms'],
    ]
    return { port, connect, ...serverProcess({ dataDir: dataOf(name), port, flags, runsAs, connect }) }
  }
  const primary = await server('primary')
  const replica = await server('replica')
  // A copy of a primary that never ran is one of its beginning: it streams all there is to come.
  await cp(dataOf('primary'), dataOf('replica'), { recursive: true })
  await writeFile(path.join(dataOf('replica'), 'standby.signal'), '')
  await appendFile(
    path.join(dataOf('replica'), 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=${superuser.user} password=''${superuser.password}'''\n`,
  )
  if (runsAs !== undefined) await own(dataOf('replica'), runsAs)
  await chmod(dataOf('replica'), 0o700)

  const end = async () => {
    // One that was ended before has no process any more.
    for (const one of [replica, primary]) await one.kill().catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await primary.start()
    await replica.start()
    const client = await primary.connect()
    await createRoles(client)
    await client.query(`create database ${database} owner ${ownerRole}`)
    await client.end()
  } catch (error) {
    await end()
    throw error
  }
  const hosts = [primary, replica].map(({ port }) => `127.0.0.1:${port}`).join(',')
  return {
    primary,
    replica,
    url: `postgres://${ownerRole}:${encodeURIComponent(rolePassword)}@${hosts}/${database}`,
    async caughtUp() {
      const [ahead, behind] = [await primary.connect(), await replica.connect()]
      const { rows } = await ahead.query('select pg_current_wal_lsn() as lsn')
      const reached = async (): Promise<boolean> => {
        const asked = await behind.query('select pg_last_wal_replay_lsn() >= $1 as reached', [rows[0].lsn])
        return asked.rows[0].reached
      }
      while (!(await reached())) await delay(askAgainMs)
      await ahead.end()
      await behind.end()
    },
    async promote() {
      const client = await replica.connect()
      await client.query('select pg_promote(wait => true)')
      await client.end()
    },
    end,
  }
}

function idOf(flag: '-u' | '-g'): number {
  const { stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  return Number(stdout.trim())
}

async function own(folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }) {
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { recursive: true }))
    await chown(path.join(folder, entry), uid, gid)
}
