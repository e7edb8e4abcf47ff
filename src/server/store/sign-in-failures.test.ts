import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStores, type Engine, type TestStores } from '../test-support/test-stores.ts'
import { openStore } from './open-store.ts'
import type { SignInFailures } from './sign-in-failures.ts'
import type { Store } from './store.ts'

const limit = { most: 2, windowMs: 100_000 }
/** Within which nothing to speak of leaks away. */
const soon = { kind: 'refused', waitMs: expect.closeTo(50_000, -3) }
const engines: readonly Engine[] = ['embedded', 'PostgreSQL']

describe.each(engines)('in the database (%s)', (engine) => {
  let stores: TestStores
  let aheadMs: number
  let store: Store
  let other: Store
  let failures: SignInFailures

  beforeEach(async () => {
    stores = await createTestStores(engine)
    aheadMs = 0
    const options = { dataDir: stores.folder, database: stores.database?.settings, aheadMs: () => aheadMs }
    store = await openStore(options)
    other = await openStore(options)
    failures = store.signInFailures
  })
  afterEach(async () => {
    await other.close()
    await store.close()
    await stores.drop()
  })

  async function fail(key: string): Promise<void> {
    expect(await failures.take(key, limit)).toEqual({ kind: 'taken' })
    await failures.settle(key, 'wrong')
  }

  async function keptKeys(): Promise<unknown[]> {
    const asked = 'select key from sign_in_failure order by key'
    const client = await stores.database?.superuser()
    if (client !== undefined) {
      const { rows } = await client.query(asked)
      await client.end()
      return rows.map(({ key }) => key)
    }
    const database = new DatabaseSync(path.join(stores.folder, 'hindsight.db'))
    try {
      return database
        .prepare(asked)
        .all()
        .map(({ key }) => key)
    } finally {
      database.close()
    }
  }

  it('forgets failures one after another', async () => {
    await fail('a')
    await fail('a')
    expect(await other.signInFailures.take('a', limit)).toEqual(soon)
    expect(await other.signInFailures.take('b', limit)).toEqual({ kind: 'taken' })
    aheadMs = 50_000
    await fail('a')
    expect(await other.signInFailures.take('a', limit)).toEqual(soon)
  })

  it('lets others wait for what is being checked, and takes nothing for what was right', async () => {
    await failures.take('a', limit)
    await other.signInFailures.take('a', limit)
    expect(await failures.take('a', limit)).toEqual({ kind: 'busy' })
    await other.signInFailures.settle('a', 'right')
    expect(await failures.take('a', limit)).toEqual({ kind: 'taken' })
    await failures.settle('a', 'right')
    await failures.settle('a', 'wrong')
    await fail('a')
    expect(await failures.take('a', limit)).toEqual(soon)
  })

  it('takes the places of a server that died for failures, which leak away', async () => {
    await other.signInFailures.take('a', limit)
    await other.signInFailures.take('a', limit)
    expect(await failures.take('a', limit)).toEqual({ kind: 'busy' })
    aheadMs = 10_000
    expect(await failures.take('a', limit)).toMatchObject({ kind: 'refused' })
    aheadMs = 50_000
    await fail('a')
    expect(await failures.take('a', limit)).toEqual(soon)
  })

  it('lets nothing leak while a clock is set back', async () => {
    aheadMs = 1_000_000
    await fail('a')
    await fail('a')
    aheadMs = 0
    expect(await failures.take('a', limit)).toEqual(soon)
  })

  it('keeps no row of what has leaked away', async () => {
    await fail('a')
    aheadMs = 99_000
    await fail('b')
    expect(await keptKeys()).toEqual(['a', 'b'])
    aheadMs = 101_000
    // Another server's first, since each looks for such rows once a minute.
    await other.signInFailures.take('c', limit)
    expect(await keptKeys()).toEqual(['b', 'c'])
  })

  it('counts what comes at once, from whichever server', async () => {
    const all = Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).signInFailures.take('a', limit))
    const kinds = (await Promise.all(all)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(18)
  })
})

it('waits for a writer of another process without holding up anything else', async () => {
  const stores = await createTestStores('embedded')
  const store = await openStore({ dataDir: stores.folder })
  const writer = new DatabaseSync(path.join(stores.folder, 'hindsight.db'))
  writer.exec('begin immediate')
  const waiting = store.signInFailures.take('a', limit)
  // A statement that waited inside of SQLite would come back after it.
  expect(await Promise.race([waiting, store.isEmpty()])).toBe(true)
  writer.exec('rollback')
  writer.close()
  expect(await waiting).toEqual({ kind: 'taken' })
  await store.close()
  await stores.drop()
})
