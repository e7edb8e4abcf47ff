/** A disk that is full, as far as a limit on the size of each file can stand for it: writing fails in the middle of something. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'

let folder: string
let processes: HindsightProcesses

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  processes = hindsightProcesses(folder)
})
afterEach(async () => {
  await processes.end()
  await rm(folder, { recursive: true })
})

const rows = Array.from({ length: 25_000 }, (_, at) =>
  JSON.stringify({
    id: `k${at}`,
    status: 'successful',
    startDate: 1_790_000_000_000 + at,
    context: 'x'.repeat(300),
  }),
)
const importing = ['import', '-', '--tenant', 'T']

it('keeps what an import had committed, says what is wrong, and is finished by another run', async () => {
  const { child, ended } = processes.start(importing, {}, { fileKib: 12_000 })
  child.stdin.on('error', () => undefined)
  child.stdin.end(rows.join('\n'))
  const { code, err } = await ended
  expect(code).toBe(1)
  expect(err).toMatch(/^-: (disk I\/O error|database or disk is full)\n$/)
  const committed = stored()
  expect(committed).toBeGreaterThan(0)
  expect(committed).toBeLessThan(rows.length)
  const again = await processes.run(importing, { input: rows.join('\n') })
  expect(again.out).toBe(`-: ${rows.length - committed} new, 0 changed, ${committed} unchanged, 0 rejected\n`)
})

/** Rows of a database that SQLite finds whole. */
function stored(): number {
  const database = new DatabaseSync(path.join(folder, 'hindsight.db'))
  try {
    expect(database.prepare('pragma integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
    return Number(database.prepare('select count(*) as n from engagement').get()?.n)
  } finally {
    database.close()
  }
}
