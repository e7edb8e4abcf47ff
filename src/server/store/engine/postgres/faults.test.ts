/** A primary and its replica, both real, that are frozen, killed and promoted under a server of ours that is never restarted. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { parseDatabaseUrl } from '../../../database-settings.ts'
import { SourceFailure } from '../../../source/source-failure.ts'
import {
  type ReplicatedCluster,
  startReplicatedCluster,
} from '../../../test-support/postgres/replicated-cluster.ts'
import { openStore, type Store } from '../../open-store.ts'

let cluster: ReplicatedCluster
let one: Store
let both: Store
const failures: unknown[] = []

beforeAll(async () => {
  cluster = await startReplicatedCluster()
  const database = parseDatabaseUrl(cluster.url)
  if (database === undefined) throw new Error(`No address: ${cluster.url}`)
  const databaseFailed = (error: unknown) => failures.push(error)
  const [primary] = database.hosts
  const alone = { ...database, hosts: [primary] as const }
  // Two instances that start at once over an empty database: one brings it to the present schema.
  ;[one, both] = await Promise.all([
    openStore({ dataDir: '/nowhere', database: alone, databaseFailed }),
    openStore({ dataDir: '/nowhere', database, databaseFailed }),
  ])
  await write('first')
})
afterAll(async () => {
  await one.close().catch(() => {})
  await both.close().catch(() => {})
  await cluster.end()
})

function write(id: string) {
  const engagement = {
    id,
    startDate: '2026-01-01T00:00:00Z',
    status: 'successful',
    associateInitiated: false,
  }
  return both.writer.write('T', [{ engagement, held: [] }])
}
async function ids(store: Store): Promise<readonly string[]> {
  const { documents } = await store.source.page('T', { ...engagementQuery.defaults, sort: 'oldest' })
  return documents.map((document) => JSON.parse(document).id)
}
const silent = expect.objectContaining({ kind: 'no-database', retryAfterMs: expect.any(Number) })
/** All of them, those who wait for a connection included. */
async function expectTold(ask: () => Promise<unknown>): Promise<void> {
  const told = await Promise.all(
    Array.from({ length: 40 }, () =>
      ask().then(
        (answer) => answer,
        (error: unknown) => error,
      ),
    ),
  )
  for (const one of told) expect(one).toEqual(silent)
  expect(told[0]).toBeInstanceOf(SourceFailure)
}
const untilRead = (store: Store) => expect.poll(() => ids(store).catch(String), { timeout: 10_000 })

it('says so where its one host is frozen, and goes on when it is thawed', async () => {
  await untilRead(one).toEqual(['first'])
  cluster.primary.freeze()
  await expectTold(() => ids(one))
  await expect(one.ping()).rejects.toEqual(silent)
  cluster.primary.thaw()
  await untilRead(one).toEqual(['first'])
}, 30_000)

it('reads on from the replica when the primary is killed, and says that nothing can be written', async () => {
  await cluster.caughtUp()
  await untilRead(both).toEqual(['first'])
  await cluster.primary.kill()
  await untilRead(both).toEqual(['first'])
  // Whoever comes first finds out that it is gone.
  await expect
    .poll(() => both.accounts.find('T', 'nobody@x.example').catch(String), { timeout: 10_000 })
    .toBeUndefined()
  await expect(write('second')).rejects.toEqual(silent)
  await expect(ids(one)).rejects.toEqual(silent)
}, 30_000)

it('writes to the replica once it is the primary', async () => {
  await cluster.promote()
  await expect.poll(() => write('second').catch(String), { timeout: 10_000 }).toMatchObject({ unchanged: 0 })
  await untilRead(both).toEqual(['first', 'second'])
  expect(failures.length).toBeGreaterThan(0)
}, 30_000)
