import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ReplicatedCluster,
  type ReplicatedServer,
  startReplicatedCluster,
} from './replicated-cluster.ts'

let cluster: ReplicatedCluster

beforeAll(async () => {
  cluster = await startReplicatedCluster()
})
afterAll(() => cluster.end())

async function ask(server: ReplicatedServer, text: string): Promise<unknown> {
  const client = await server.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

it('streams to a replica that takes no writes, survives either of them, and may be promoted', async () => {
  const { primary, replica } = cluster
  await ask(primary, 'create table told as select 1 as n')
  await cluster.caughtUp()
  expect(await ask(replica, 'select sum(n)::int from told')).toBe(1)
  await expect(ask(replica, 'insert into told values (2)')).rejects.toThrow('read-only')

  await replica.stop()
  await ask(primary, 'insert into told values (2)')
  await replica.start()
  await cluster.caughtUp()
  expect(await ask(replica, 'select sum(n)::int from told')).toBe(3)

  primary.freeze()
  const late = ask(primary, 'select sum(n)::int from told')
  expect(await ask(replica, 'select sum(n)::int from told')).toBe(3)
  primary.thaw()
  expect(await late).toBe(3)

  await primary.kill()
  await expect(ask(primary, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await primary.start()
  expect(await ask(primary, 'select sum(n)::int from told')).toBe(3)

  await primary.kill()
  await cluster.promote()
  await ask(replica, 'insert into told values (3)')
  expect(await ask(replica, 'select sum(n)::int from told')).toBe(6)
})
