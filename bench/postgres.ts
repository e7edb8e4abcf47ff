/** A PostgreSQL of the benchmarks' own. */
import { Client } from 'pg'
import {
  type Cluster,
  ownerRole,
  rolePassword,
  startCluster,
} from '../src/server/test-support/postgres/cluster.ts'

export interface BenchDatabase {
  /** Of every process of ours that works with it. */
  readonly env: Readonly<Record<string, string>>
  /** On disk, with its indexes. */
  bytes(): Promise<number>
  /** What autovacuum does sooner or later: a figure must not hang on whether it has. */
  vacuum(): Promise<void>
}

/** As an operator would set it up, unlike that of the tests: what was committed is on the disk. */
export function startPostgres(): Promise<Cluster> {
  const safe = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']
  const sizes = ['shared_buffers=1GB', 'max_wal_size=8GB', 'maintenance_work_mem=256MB']
  return startCluster([...safe, ...sizes].flatMap((setting) => ['-c', setting]))
}

/** Makes an empty database. */
export async function createDatabase({ address }: Cluster, name: string): Promise<BenchDatabase> {
  const ask = async (database: string, sql: string) => {
    const client = new Client({ ...address, host: '127.0.0.1', database })
    await client.connect()
    try {
      return await client.query<Record<string, unknown>>(sql)
    } finally {
      await client.end()
    }
  }
  await ask('postgres', `create database ${name} owner ${ownerRole}`)
  const person = `${ownerRole}:${encodeURIComponent(rolePassword)}`
  return {
    env: {
      DATABASE_URL: `postgres://${person}@127.0.0.1:${address.port}/${name}`,
      SESSION_SECRET: 'the secret of the benchmark, 32 characters and more',
    },
    async bytes() {
      const { rows } = await ask(name, 'select pg_database_size(current_database()) as bytes')
      return Number(rows[0]?.bytes)
    },
    async vacuum() {
      await ask(name, 'vacuum analyze')
    },
  }
}
