/** A database of a test file's own, in the PostgreSQL of the run. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { PostgresSettings } from '../../store/engine/postgres/settings.ts'
import { type ClusterAddress, ownerRole, rolePassword } from './cluster.ts'

export interface TestDatabase {
  /** As its owner. */
  readonly settings: PostgresSettings
  /** The same for `DATABASE_URL`. */
  readonly url: string
  /** A connection of the superuser, to look at what is really there; to be ended by whoever asked. */
  superuser(): Promise<Client>
  drop(): Promise<void>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const address = await clusterAddress()
  const name = `test_${randomBytes(6).toString('hex')}`
  const superuser = async (database: string) => {
    const client = new Client({ ...address, host: '127.0.0.1', database })
    await client.connect()
    return client
  }
  const command = async (text: string) => {
    const client = await superuser('postgres')
    await client.query(text)
    await client.end()
  }
  await command(`create database ${name} owner ${ownerRole}`)
  return {
    settings: {
      user: ownerRole,
      password: rolePassword,
      hosts: [{ host: '127.0.0.1', port: address.port }],
      database: name,
      sslMode: 'disable',
      sslRootCert: undefined,
    },
    url: `postgres://${ownerRole}:${encodeURIComponent(rolePassword)}@127.0.0.1:${address.port}/${name}`,
    superuser: () => superuser(name),
    drop: () => command(`drop database ${name} with (force)`),
  }
}

async function clusterAddress(): Promise<ClusterAddress> {
  const socket = connect(inject('postgresPort'), '127.0.0.1')
  await once(socket, 'connect')
  const answer: ClusterAddress & { readonly failed?: string } = JSON.parse(await text(socket))
  if (answer.failed !== undefined) throw new Error(`PostgreSQL did not start: ${answer.failed}`)
  return answer
}
