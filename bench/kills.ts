/**
 * `npm run bench:kills`: a server and an import beside it are killed by SIGKILL fifty times; whatever was acknowledged before
 * has to be there after. With `DATABASE_URL` on that database, which should be an empty one, else on an embedded one.
 * `BENCH_KILLS` makes fewer. Exits with 1 when a row was lost.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hindsightProcesses } from '../src/server/test-support/hindsight-processes.ts'
import { killUnderImport } from '../src/server/test-support/kill-under-import.ts'

const kills = Number(process.env.BENCH_KILLS ?? 50)
const database: Record<string, string> = {}
for (const name of ['DATABASE_URL', 'SESSION_SECRET']) {
  const value = process.env[name]
  if (value !== undefined) database[name] = value
}

const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-kills-'))
const processes = hindsightProcesses(path.join(folder, 'data'))
try {
  const { acknowledged, lost } = await killUnderImport(processes, path.join(folder, 'files'), kills, database)
  process.stdout.write(`killed ${kills} times · ${acknowledged} rows acknowledged · ${lost} lost\n`)
  if (lost > 0 || acknowledged === 0) process.exitCode = 1
} finally {
  await processes.end()
  await rm(folder, { recursive: true })
}
