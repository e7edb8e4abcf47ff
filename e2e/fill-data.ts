/** Before all tests: one data folder with the demo tenant in it, which every server starts from a copy of. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hindsight } from './server.ts'

export default async function fillData(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-filled-'))
  await hindsight(['demo'], dataDir)
  process.env.E2E_FILLED_DATA = dataDir
  return () => rm(dataDir, { recursive: true })
}
