/**
 * Tables that both engines have alike, and that move as they are. The order is one that both engines sort alike, by an index of
 * theirs. What is derived from documents (people, participants, kept counts) moves with no rows: the target's writer makes it.
 */
import type { Tables } from '../schema.ts'

export type PlainValue = string | number | null
/** By column, without the tenant. */
export type PlainRow = Readonly<Record<string, PlainValue>>

const orders = {
  arrival: ['at_ms'],
  recording: ['id'],
  removed_file: ['recording_id', 'sha256'],
  saved_view: ['id'],
  sync_walk: ['scope', 'status'],
  sync_gap: ['scope', 'status', 'from_ms', 'to_ms'],
  account: ['email'],
  client: ['id'],
  audit: ['at_ms', 'key'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>

export type PlainTable = keyof typeof orders
export const plainTables = Object.keys(orders) as PlainTable[]

/** For `order by`: names of columns, which nobody gives from outside. */
export function orderOf(table: PlainTable): string {
  return orders[table].join(', ')
}

/** @param row as a database has it, with everything that means something only there */
export function plainRow(
  table: PlainTable,
  { tenant: _tenant, ...row }: Readonly<Record<string, unknown>>,
): PlainRow {
  // Records of the audit are told apart by nothing but their order.
  const { key: _key, ...rest } = row
  return (table === 'audit' ? rest : row) as PlainRow
}

/** The same where keys of engagements are greater. */
export function shifted(table: PlainTable, row: PlainRow, by: number): PlainRow {
  return table === 'arrival' && by !== 0 ? { ...row, last_key: Number(row.last_key) + by } : row
}
