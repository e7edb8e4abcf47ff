/** A history whose engagements have keys that are less, as they were before a database shared by all tenants shifted them. */
import type { HistoryReader } from './history.ts'
import { shifted } from './plain-tables.ts'

/** By the name of a tenant, what its keys are greater by than they were. */
export type Shifts = ReadonlyMap<string, number>

export async function withKeysLess(reader: HistoryReader, shifts: Shifts): Promise<HistoryReader> {
  const byKey = new Map((await reader.tenants()).map(({ key, name }) => [key, shifts.get(name) ?? 0]))
  const shiftOf = (tenant: number) => byKey.get(tenant) ?? 0
  return {
    ...reader,
    async *keys(tenant) {
      const by = shiftOf(tenant)
      for await (const batch of reader.keys(tenant)) yield batch.map((key) => key - by)
    },
    async *engagements(tenant) {
      const by = shiftOf(tenant)
      for await (const batch of reader.engagements(tenant))
        yield batch.map(({ key, doc }) => ({ key: key - by, doc }))
    },
    async *rows(tenant, table) {
      const by = shiftOf(tenant)
      for await (const rows of reader.rows(tenant, table)) yield rows.map((row) => shifted(table, row, -by))
    },
  }
}
