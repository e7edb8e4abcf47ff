/** Long histories, made by the product's own import, which reads them from a pipe while they are made up. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { writeEngagement } from '../src/contract/representation/json.ts'
import { benchEngagements } from '../src/server/demo/bench-engagements.ts'
import { benchTenant, spanDays, untilMs } from './dataset.ts'
import type { BenchDatabase } from './postgres.ts'
import { hindsight, peakResidentMb } from './process.ts'

const tenths = 10
const batchRows = 1000

const madeHistory = z.object({
  rows: z.int(),
  /** Of each tenth of the rows. */
  rowsPerSecond: z.array(z.number()),
  /** Of the import, at the end of each tenth. */
  residentMb: z.array(z.number()),
  documentBytes: z.int(),
  databaseBytes: z.int(),
})

/** What making one told; kept beside it, so that it can be measured again. */
export type MadeHistory = z.infer<typeof madeHistory>

/**
 * @param folder where it is, or will be: it becomes a data folder
 * @param database where its engagements are instead
 */
export async function makeHistory(
  folder: string,
  rows: number,
  database?: BenchDatabase,
): Promise<MadeHistory> {
  const told = path.join(folder, 'made.json')
  const before = await readFile(told, 'utf8').catch(() => undefined)
  if (before !== undefined) return madeHistory.parse(JSON.parse(before))
  await mkdir(folder, { recursive: true })
  const fed = await feedImport({ DATA_DIR: folder, ...database?.env }, rows)
  await database?.vacuum()
  const databaseBytes = (await database?.bytes()) ?? (await stat(path.join(folder, 'hindsight.db'))).size
  const made = { rows, ...fed, databaseBytes }
  await writeFile(told, JSON.stringify(made))
  return made
}

async function feedImport(
  env: Readonly<Record<string, string>>,
  rows: number,
): Promise<Omit<MadeHistory, 'rows' | 'databaseBytes'>> {
  const child = spawn(process.execPath, [...hindsight('import', '-', '--tenant', benchTenant)], {
    cwd: process.cwd(),
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(child, 'close')
  const { pid } = child
  if (pid === undefined) throw new Error('The import did not start')
  const rowsPerSecond: number[] = []
  const residentMb: number[] = []
  let documentBytes = 0
  let fed = 0
  let since = performance.now()
  let text = ''
  for (const engagement of benchEngagements(rows, untilMs, spanDays)) {
    const document = writeEngagement(engagement)
    documentBytes += Buffer.byteLength(document)
    text += `${document}\n`
    fed++
    // The pipe holds a fraction of what the import writes at once, so what it has taken is what was written, give or take that.
    if (fed % batchRows === 0 || fed === rows) {
      if (!child.stdin.write(text)) await once(child.stdin, 'drain')
      text = ''
    }
    if (rowsPerSecond.length < Math.floor((fed * tenths) / rows)) {
      residentMb.push(await peakResidentMb(pid))
      if (fed === rows) {
        child.stdin.end()
        const [code] = await ended
        if (code !== 0) throw new Error(`The import ended with ${code}`)
      }
      rowsPerSecond.push(rows / tenths / ((performance.now() - since) / 1000))
      since = performance.now()
    }
  }
  return { rowsPerSecond, residentMb, documentBytes }
}
