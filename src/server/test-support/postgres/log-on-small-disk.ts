/** A PostgreSQL whose write-ahead log alone lies on a disk that a test can fill. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import type { PostgresSettings } from '../../store/engine/postgres/settings.ts'
import { mountSmallDisk, type SmallDisk } from '../small-disk.ts'
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

export interface LogOnSmallDisk {
  readonly disk: SmallDisk
  readonly postgres: ServerProcess
  /** Of a database of the owner's. */
  readonly settings: PostgresSettings
  /** Ends whatever runs, and removes it. */
  end(): Promise<void>
}

const database = 'hindsight'

/** @throws where nothing may be mounted */
export async function startLogOnSmallDisk(mebibytes: number): Promise<LogOnSmallDisk> {
  const root = process.getuid?.() === 0
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-log-'))
  // Where root runs the tests, the server runs as another user, who has to come in.
  await chmod(folder, 0o755)
  const disk = mountSmallDisk(mebibytes, root ? 'postgres' : undefined)
  const dataDir = path.join(folder, 'data')
  const port = await freePort()
  const connect = async () => {
    const client = new Client({ ...superuser, host: '127.0.0.1', port, database: 'postgres' })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const idOf = (flag: '-u' | '-g') => Number(spawnSync('id', [flag, 'postgres']).stdout.toString().trim())
  const postgres = serverProcess({
    dataDir,
    port,
    // What is committed outlives an end of the server.
    flags: [...serverFlags, '-c', 'synchronous_commit=on'],
    runsAs: root ? { uid: idOf('-u'), gid: idOf('-g') } : undefined,
    connect,
  })
  const end = async () => {
    // One that never started has no process.
    await postgres.kill().catch(() => {})
    disk.unmount()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await new EmbeddedPostgres({
      ...superuser,
      databaseDir: dataDir,
      createPostgresUser: root,
      initdbFlags: [...initdbFlags, `--waldir=${path.join(disk.folder, 'log')}`, '--wal-segsize=1'],
      onLog: () => {},
      onError: () => {},
    }).initialise()
    await postgres.start()
    const client = await connect()
    await createRoles(client)
    await client.query(`create database ${database} owner ${ownerRole}`)
    await client.end()
  } catch (error) {
    await end()
    throw error
  }
  const settings: PostgresSettings = {
    user: ownerRole,
    password: rolePassword,
    hosts: [{ host: '127.0.0.1', port }],
    database,
    sslMode: 'disable',
    sslRootCert: undefined,
  }
  return { disk, postgres, settings, end }
}
