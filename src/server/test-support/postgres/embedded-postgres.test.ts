import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('leaves the exit code of a process as it is, so that a run with a failure fails', () => {
  const cluster = fileURLToPath(new URL('cluster.ts', import.meta.url))
  const program = `process.exitCode = 3; await import(${JSON.stringify(cluster)})`
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', program]).status).toBe(3)
})
