/** What nobody looks at waits on while the database stands still. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { engagementQuery } from '../../../../contract/query/engagement-query.ts'
import { signalAll } from '../../../test-support/process-table.ts'
import { createTestStores } from '../../../test-support/test-stores.ts'
import { createTurns } from './turns.ts'

it('goes on with an export and an import that were begun', async () => {
  const stores = await createTestStores()
  const store = await stores.open()
  const superuser = await stores.database?.superuser()
  try {
    const call = (id: string) => ({
      engagement: { id, status: 'successful', associateInitiated: false, context: 'x'.repeat(1024 * 1024) },
      held: [],
    })
    await store.writer.write('T', [call('a'), call('b'), call('c')])
    const selection = { ...engagementQuery.defaults, status: 'all', limit: 10 } as const
    const documents = (async function* () {
      yield* store.source.batches('T', selection)
    })()
    expect((await documents.next()).done).toBe(false)
    const found = await superuser?.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = current_schema()`,
    )
    const pids = found?.rows.map(({ pid }) => pid) ?? []
    signalAll(pids, 'SIGSTOP')
    let rest: Promise<number>
    let written: Promise<unknown>
    try {
      rest = (async () => {
        for (let more = 0; ; more++) if ((await documents.next()).done) return more
      })()
      written = store.writer.write('T', [call('d')])
      for (const one of [rest, written]) one.catch(() => {})
      // Longer than a database may take to answer anybody.
      await delay(1500)
    } finally {
      signalAll(pids, 'SIGCONT')
    }
    expect(await rest).toBe(2)
    expect(await written).toMatchObject({ added: 1 })
  } finally {
    await superuser?.end()
    await store.close()
    await stores.drop()
  }
})

it('keeps the turn of what can wait when the database failed those before', async () => {
  const turns = createTurns(1)
  const leave = await turns.next(true)
  const [urgent, patient] = [turns.next(true), turns.next(false)]
  leave(true)
  await expect(urgent).rejects.toMatchObject({ kind: 'no-database' })
  const leaveToo = await patient
  leaveToo(false)
  expect(await turns.next(true)).toBeTypeOf('function')
})
