/** `kill -9` of the server and of an import beside it. `npm run bench:kills` does it fifty times. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { killUnderImport } from '../test-support/kill-under-import.ts'

let folder: string
let processes: HindsightProcesses

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  processes = hindsightProcesses(path.join(folder, 'data'))
})
afterEach(async () => {
  await processes.end()
  await rm(folder, { recursive: true })
})

it('loses no row that was acknowledged, and writes no commit in part', { timeout: 60_000 }, async () => {
  const { acknowledged, lost } = await killUnderImport(processes, path.join(folder, 'files'), 3)
  expect(acknowledged).toBeGreaterThan(0)
  expect(lost).toBe(0)
})
