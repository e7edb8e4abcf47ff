/** The export of a whole history, from a server of its own: how fast, and what it takes of memory. */
import { exportRoute } from '../src/contract/export-route.ts'
import { exportQuery } from '../src/contract/query/export-query.ts'
import { pathOf } from '../src/contract/routes.ts'
import { benchTenant } from './dataset.ts'
import { peakResidentMb, type Running } from './process.ts'

export interface MeasuredExport {
  readonly rowsPerSecond: number
  readonly peakResidentMb: number
}

/** @throws when the file does not hold each row */
export async function measureExport(
  server: Running,
  headers: Readonly<Record<string, string>>,
  rows: number,
): Promise<MeasuredExport> {
  const query = { ...exportQuery.defaults, status: 'all', format: 'csv', about: 'no' } as const
  const address = server.origin + pathOf(exportRoute, { tenant: benchTenant }, exportQuery.write(query))
  const started = performance.now()
  const response = await fetch(address, { headers })
  if (response.status !== 200 || response.body === null) throw new Error(`${address}: ${response.status}`)
  let lines = 0
  for await (const chunk of response.body) for (const byte of chunk) if (byte === newline) lines++
  const seconds = (performance.now() - started) / 1000
  if (lines !== rows + headerLines) throw new Error(`${lines} lines were exported of ${rows} rows`)
  return { rowsPerSecond: rows / seconds, peakResidentMb: await peakResidentMb(server.pid) }
}

const newline = 0x0a
const headerLines = 1
