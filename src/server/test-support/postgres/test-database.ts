/**
 * A database of a test's own, in the PostgreSQL of the run: a role with a schema of its name, which is where its tables go by
 * default. Making a whole database takes ten times as long, as the server writes a checkpoint for it.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { PostgresSettings } from '../../store/engine/postgres/settings.ts'
import { type ClusterAddress, rolePassword } from './cluster.ts'

export interface TestDatabase {
  /** As its owner. */
  readonly settings: PostgresSettings
  /** The same for `DATABASE_URL`. */
  readonly url: string
  /** A connection of the superuser, to look at what is really there; to be ended by whoever asked. */
  superuser(): Promise<Client>
  drop(): Promise<void>
  /** Its tables are made in a folder of their own, on another disk, which has to be let go of after it was dropped. */
  putInto(folder: string): Promise<() => Promise<void>>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const address = await clusterAddress()
  const name = `test_${randomBytes(6).toString('hex')}`
  const superuser = async () => {
    const options = `-c search_path=${name}`
    const client = new Client({ ...address, host: '127.0.0.1', database: 'postgres', options })
    await client.connect()
    return client
  }
  const command = async (text: string) => {
    const client = await superuser()
    await client.query(text)
    await client.end()
  }
  await command(
    `create role ${name} login password '${rolePassword}'; create schema ${name} authorization ${name}`,
  )
  return {
    settings: {
      user: name,
      password: rolePassword,
      hosts: [{ host: '127.0.0.1', port: address.port }],
      database: 'postgres',
      sslMode: 'disable',
      sslRootCert: undefined,
    },
    url: `postgres://${name}:${encodeURIComponent(rolePassword)}@127.0.0.1:${address.port}/postgres`,
    superuser,
    async putInto(folder) {
      await command(`create tablespace ${name} location '${folder}'`)
      await command(`grant create on tablespace ${name} to ${name}`)
      await command(`alter role ${name} set default_tablespace = ${name}`)
      return () => command(`drop tablespace ${name}`)
    },
    // A test that failed may have left connections.
    drop: () =>
      command(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${name}';
        drop owned by ${name} cascade; drop role ${name}`),
  }
}

async function clusterAddress(): Promise<ClusterAddress> {
  const socket = connect(inject('postgresPort'), '127.0.0.1')
  await once(socket, 'connect')
  const answer: ClusterAddress & { readonly failed?: string } = JSON.parse(await text(socket))
  if (answer.failed !== undefined) throw new Error(`PostgreSQL did not start: ${answer.failed}`)
  return answer
}
