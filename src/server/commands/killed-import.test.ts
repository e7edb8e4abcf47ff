/** `kill -9` of the server and of an import beside it. `npm run bench:kills` does it fifty times. */
import path from 'node:path'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { killUnderImport } from '../test-support/kill-under-import.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'

/** Of a PostgreSQL less: each of its rounds takes twice the time. */
const kills = { embedded: 3, PostgreSQL: 1 }
let stores: TestStores
let processes: HindsightProcesses

beforeEach(async () => {
  stores = await createTestStores()
  processes = hindsightProcesses(stores.folder)
})
afterEach(async () => {
  await processes.end()
  await stores.drop()
})

it('loses no row that was acknowledged, and writes no commit in part', { timeout: 60_000 }, async () => {
  const { folder, env } = stores
  const files = path.join(folder, 'files')
  const given = { DATA_DIR: folder, ...env }
  const { acknowledged, ...others } = await killUnderImport(processes, files, kills[inject('engine')], given)
  expect(acknowledged).toBeGreaterThan(0)
  expect(others).toEqual({ lost: 0, duplicates: 0, checked: 'Nothing is wrong' })
})
