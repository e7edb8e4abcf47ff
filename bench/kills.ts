/**
 * `npm run bench:kills`: a server and an import beside it are killed by SIGKILL fifty times; whatever was acknowledged before
 * has to be there after. `npm run bench:kills -- postgres` does so on a PostgreSQL that it starts. `BENCH_KILLS` makes fewer.
 * Exits with 1 when a row was lost or came twice, or `check` finds anything.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hindsightProcesses } from '../src/server/test-support/hindsight-processes.ts'
import { killUnderImport } from '../src/server/test-support/kill-under-import.ts'
import { createDatabase, startPostgres } from './postgres.ts'

const kills = Number(process.env.BENCH_KILLS ?? 50)
const cluster = process.argv[2] === 'postgres' ? await startPostgres() : undefined
const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-kills-'))
const dataDir = path.join(folder, 'data')
const processes = hindsightProcesses(dataDir)
try {
  const env = {
    DATA_DIR: dataDir,
    ...(cluster !== undefined && (await createDatabase(cluster, 'hindsight')).env),
  }
  const { acknowledged, lost, duplicates, checked } = await killUnderImport(
    processes,
    path.join(folder, 'files'),
    kills,
    env,
  )
  process.stdout.write(
    `killed ${kills} times · ${acknowledged} rows acknowledged · ${lost} lost · ${duplicates} twice · check: ${checked}\n`,
  )
  if (lost > 0 || duplicates > 0 || acknowledged === 0 || checked !== 'Nothing is wrong') process.exitCode = 1
} finally {
  await processes.end()
  await cluster?.stop()
  await rm(folder, { recursive: true })
}
