import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import type { Store } from '../../store.ts'

let stores: TestStores
let store: Store
let other: Store

beforeEach(async () => {
  stores = await createTestStores()
  store = await stores.open()
  other = await stores.open()
})
afterEach(async () => {
  await other.close()
  await store.close()
  await stores.drop()
})

it('lets one process sync at a time, until it lets go or is gone', async () => {
  const letGo = await store.lockSync()
  expect(letGo).toBeDefined()
  expect(await other.lockSync()).toBeUndefined()
  letGo?.()
  const letOtherGo = await vi.waitUntil(() => other.lockSync())
  expect(await store.lockSync()).toBeUndefined()

  const superuser = await stores.database?.superuser()
  await superuser?.query(`select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and usename = '${stores.database?.settings.user}'`)
  await superuser?.end()
  const again = await vi.waitUntil(() => store.lockSync())
  again()
  letOtherGo()
})
