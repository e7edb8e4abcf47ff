/** Whatever happens to those who have a connection, or wait for one, they give it back. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageQuery } from '../../../../contract/query/page-query.ts'
import { stateQuery } from '../../../../contract/query/stated-query.ts'
import { signalAll } from '../../../test-support/process-table.ts'
import { type RunningServer, startServer } from '../../../test-support/running-server.ts'

/** More than a pool has connections: some wait for one. */
const clients = 40
const faults = 20
const body = JSON.stringify({ name: 'view', format: 1, parameters: stateQuery(pageQuery.defaults) })
const asked: readonly [path: string, method?: string][] = [
  ['/v1/engagements/T?status=all&limit=100'],
  ['/v1/engagements/T?status=all&limit=10&offset=300&sort=longest'],
  ['/v1/engagements/T/call-7'],
  ['/v1/engagements/count/T?user=u3@x.example'],
  ['/v1/engagements/histogram/T?endAfter=2020-01-01'],
  ['/v1/engagements/sample/T'],
  ['/v1/engagements/export/T?status=all&format=ndjson'],
  ['/v1/engagements/export/T?status=all&format=xlsx'],
  ['/v1/users/T?startsWith=u'],
  ['/v1/views/T'],
  ['/v1/views/T/view', 'PUT'],
  ['/v1/audit/T'],
  ['/v1/engagements/T/call-8', 'DELETE'],
  ['/readyz'],
]
let server: RunningServer
let headers: Record<string, string>

beforeAll(async () => {
  server = await startServer()
  headers = {
    ...(await server.bearer('T', 'admin')),
    'content-type': 'application/json',
    'if-none-match': '*',
    'cache-control': 'no-cache',
  }
  const engagements = Array.from({ length: 500 }, (_, n) => ({
    engagement: {
      id: `call-${n}`,
      status: 'successful',
      startDate: new Date(1_790_000_000_000 + n * 60_000).toISOString(),
      duration: n,
      associateInitiated: false,
      users: [{ uri: `u${n % 9}@x.example`, association: 'CREATOR' as const }],
      context: 'x'.repeat(2000),
    },
    held: [],
  }))
  await server.store.writer.write('T', engagements)
})
// Where the test has not done so.
afterAll(() => server?.stop().catch(() => {}))

/** Leaves at any moment, or reads to the end. */
async function ask(n: number): Promise<void> {
  const [path, method = 'GET'] = asked[n % asked.length] ?? ['/readyz']
  const leave = new AbortController()
  const timer = setTimeout(() => leave.abort(), Math.random() * 150)
  if (n % 3 === 0) clearTimeout(timer)
  try {
    const init = { method, headers, signal: leave.signal, ...(method === 'PUT' && { body }) }
    await (await fetch(`${server.origin}${path}`, init)).arrayBuffer()
  } catch {
    // It left, or the answer broke off.
  } finally {
    clearTimeout(timer)
  }
}

it('gives back every connection, whoever leaves, ends it or stands still', async () => {
  const superuser = await server.stores.database?.superuser()
  if (superuser === undefined) throw new Error('There is no PostgreSQL')
  const some = async (): Promise<number[]> => {
    const { rows } = await superuser.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = current_schema() and random() < 0.5`,
    )
    return rows.map(({ pid }) => pid)
  }
  let over = false
  const load = Array.from({ length: clients }, async (_, client) => {
    for (let n = client; !over; n += 1) await ask(n)
  })
  for (let n = 0; n < faults; n++) {
    await delay(Math.random() * 50)
    const pids = await some()
    if (n % 2 === 0) {
      await superuser.query('select pg_terminate_backend(pid) from unnest($1::int[]) as p (pid)', [pids])
      continue
    }
    signalAll(pids, 'SIGSTOP')
    // Twice for longer than a host may take to answer.
    await delay(n % 10 === 5 ? 1300 : Math.random() * 100)
    signalAll(pids, 'SIGCONT')
  }
  over = true
  await Promise.all(load)
  const busy = async () => {
    const { rows } = await superuser.query(`select state, query from pg_stat_activity
      where usename = current_schema() and application_name like 'hindsight %' and state <> 'idle'`)
    return rows
  }
  await expect.poll(busy).toEqual([])
  await superuser.end()
  await server.stop()
  expect(server.log.text.match(/a connection for [^"]+ was not given back/g)).toBeNull()
})
