/** What a tenant's history comes to: SHA-256 over a form of its records that is the same in whatever engine they are. */
import { createHash } from 'node:crypto'
import type { HistoryReader, KeptTenant } from './history.ts'
import { type PlainRow, plainTables, shifted } from './plain-tables.ts'

export interface KindSum {
  readonly records: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** By kind of record: `tenant`, `engagement` and the plain tables. */
export type TenantSums = ReadonlyMap<string, KindSum>

interface SumOptions {
  /** What keys of engagements are greater by than in what it is compared with. */
  readonly shift: number
  readonly signal: AbortSignal
  /** Told how many engagements were read now. */
  readonly read: (engagements: number) => void
}

export async function sumTenant(
  reader: HistoryReader,
  tenant: KeptTenant,
  { shift, signal, read }: SumOptions,
): Promise<TenantSums> {
  const sums = new Map<string, KindSum>()
  const add = async (kind: string, batches: AsyncIterable<readonly string[]>) => {
    const hash = createHash('sha256')
    let records = 0
    for await (const batch of batches) {
      signal.throwIfAborted()
      records += batch.length
      // A record has no line feed in it: it is JSON.
      hash.update(batch.map((record) => `${record}\n`).join(''))
    }
    sums.set(kind, { records, sha256: hash.digest('hex') })
  }
  await add('tenant', single(JSON.stringify([tenant.name, tenant.version])))
  await add(
    'engagement',
    mapped(reader.engagements(tenant.key), (batch) => {
      read(batch.length)
      return batch.map(({ key, doc }) => `${key - shift} ${doc}`)
    }),
  )
  for (const table of plainTables)
    await add(
      table,
      mapped(reader.rows(tenant.key, table), (batch) =>
        batch.map((row) => canonical(shifted(table, row, -shift))),
      ),
    )
  return sums
}

/** The kinds that are not the same. */
export function differences(a: TenantSums, b: TenantSums): readonly string[] {
  return [...a.keys()].filter((kind) => a.get(kind)?.sha256 !== b.get(kind)?.sha256)
}

/** One for all kinds. */
export function sumOf(sums: TenantSums): string {
  const lines = [...sums].map(([kind, { records, sha256 }]) => `${kind} ${records} ${sha256}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** Columns by name: an engine may have them in an order of its own. */
function canonical(row: PlainRow): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function* single(record: string): AsyncGenerator<readonly string[]> {
  yield [record]
}

async function* mapped<A, B>(
  batches: AsyncIterable<readonly A[]>,
  of: (batch: readonly A[]) => readonly B[],
): AsyncGenerator<readonly B[]> {
  for await (const batch of batches) yield of(batch)
}
