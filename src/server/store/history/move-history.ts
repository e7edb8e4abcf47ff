/** Moves all that a store keeps into another one that is empty, and proves that it is there. */
import type { HistoryReader, HistoryTarget, KeptTenant, TenantTarget } from './history.ts'
import { plainTables, shifted } from './plain-tables.ts'
import { differences, sumOf, sumTenant, type TenantSums } from './tenant-sums.ts'

export interface MovedTenant {
  readonly name: string
  readonly sums: TenantSums
  /** Over all of `sums`. */
  readonly sha256: string
  /** As of `TenantTarget`. */
  readonly shift: number
}

export interface MoveProgress {
  /** Before anything is written. @param engagements of all tenants */
  total(engagements: number): void
  moved(engagements: number): void
  /** Of either side: at the end each is read again. */
  compared(engagements: number): void
}

/** What was written is not what was read. The target stays marked as half moved. */
export class MoveDifference extends Error {}

/** @throws MoveRefusal, MoveDifference naming each tenant and kind, and the reason of `signal` */
export async function moveHistory(
  source: HistoryReader,
  target: HistoryTarget,
  { progress, signal }: { readonly progress: MoveProgress; readonly signal: AbortSignal },
): Promise<readonly MovedTenant[]> {
  const tenants = await source.tenants()
  let engagements = 0
  for (const { key } of tenants) engagements += await source.count(key, 'engagement')
  await target.begin()
  progress.total(engagements)
  const written: { readonly tenant: KeptTenant; readonly into: TenantTarget }[] = []
  for (const tenant of tenants) {
    const into = await target.addTenant(tenant.name, () => source.keys(tenant.key))
    await moveTenant(source, tenant, into, { progress, signal })
    written.push({ tenant, into })
  }
  const moved = await compare(source, target.reader, written, { progress, signal })
  await target.finish()
  return moved
}

async function moveTenant(
  source: HistoryReader,
  { key, version }: KeptTenant,
  into: TenantTarget,
  { progress, signal }: { readonly progress: MoveProgress; readonly signal: AbortSignal },
): Promise<void> {
  for await (const batch of source.engagements(key)) {
    signal.throwIfAborted()
    await into.addEngagements(batch)
    progress.moved(batch.length)
  }
  for (const table of plainTables) {
    for await (const rows of source.rows(key, table)) {
      signal.throwIfAborted()
      await into.addRows(
        table,
        rows.map((row) => shifted(table, row, into.shift)),
      )
    }
  }
  // A page that somebody has of the source is still the page, and its mark is good.
  await into.setVersion(version)
}

async function compare(
  source: HistoryReader,
  target: HistoryReader,
  written: readonly { readonly tenant: KeptTenant; readonly into: TenantTarget }[],
  { progress, signal }: { readonly progress: MoveProgress; readonly signal: AbortSignal },
): Promise<readonly MovedTenant[]> {
  const there = new Map((await target.tenants()).map((tenant) => [tenant.key, tenant]))
  const moved: MovedTenant[] = []
  const wrong: string[] = []
  for (const { tenant, into } of written) {
    const copy = there.get(into.key) ?? { key: into.key, name: '', version: 0 }
    const options = { signal, read: progress.compared }
    const sums = await sumTenant(source, tenant, { ...options, shift: 0 })
    const sumsThere = await sumTenant(target, copy, { ...options, shift: into.shift })
    for (const kind of differences(sums, sumsThere))
      wrong.push(
        `${tenant.name}: ${kind} is ${told(sums, kind)} where it was read, and ${told(sumsThere, kind)} where it was written`,
      )
    moved.push({ name: tenant.name, sums, sha256: sumOf(sums), shift: into.shift })
  }
  if (there.size > written.length)
    wrong.push(`${there.size} tenants where it was written, of ${written.length}`)
  if (wrong.length > 0) throw new MoveDifference(wrong.join('\n'))
  return moved
}

function told(sums: TenantSums, kind: string): string {
  const { records = 0, sha256 = 'none' } = sums.get(kind) ?? {}
  return `${records} records, sha256 ${sha256}`
}
