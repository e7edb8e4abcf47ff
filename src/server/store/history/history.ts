/** All that a store keeps, read and written without regard to how its engine lays it out: what a move goes through. */
import type { KeptEngagement } from '../engagement-writer.ts'
import type { PlainRow, PlainTable } from './plain-tables.ts'

export interface KeptTenant {
  readonly key: number
  readonly name: string
  readonly version: number
}

/**
 * Tenants by their keys. Everything comes a few rows at a time, in an order that both engines have; one walk ends before the next
 * begins.
 */
export interface HistoryReader {
  tenants(): Promise<readonly KeptTenant[]>
  count(tenant: number, of: 'engagement' | 'account'): Promise<number>
  /** The keys of a tenant's engagements, in their order. */
  keys(tenant: number): AsyncIterable<readonly number[]>
  /** In the order of their keys. */
  engagements(tenant: number): AsyncIterable<readonly KeptEngagement[]>
  /** In the table's order. */
  rows(tenant: number, table: PlainTable): AsyncIterable<readonly PlainRow[]>
}

/** Reads as of one moment. Of a move nobody else writes until it is closed. */
export interface HistorySource {
  readonly reader: HistoryReader
  close(): Promise<void>
}

/** Written by nobody else, and served by nobody until it is finished. */
export interface HistoryTarget {
  /** Of what is there. */
  readonly reader: HistoryReader
  /** @throws MoveRefusal naming what is there */
  requireEmpty(): Promise<void>
  /** Marks the database as half moved. @throws as `requireEmpty` does */
  begin(): Promise<void>
  /** @param keys those that its engagements have where they come from */
  addTenant(name: string, keys: () => AsyncIterable<readonly number[]>): Promise<TenantTarget>
  /** From then on the database is as good as any. */
  finish(): Promise<void>
  close(): Promise<void>
}

export interface TenantTarget {
  readonly key: number
  /** What the keys of its engagements are greater by than where they come from: nothing, unless other tenants have those keys. */
  readonly shift: number
  addEngagements(engagements: readonly KeptEngagement[]): Promise<void>
  addRows(table: PlainTable, rows: readonly PlainRow[]): Promise<void>
  /** To be called last. */
  setVersion(version: number): Promise<void>
}

const mostNamed = 5

/** It cannot be done as things are; the message says why, and what can be done. */
export class MoveRefusal extends Error {}

/** @param place what the database is called @throws MoveRefusal naming what is there */
export async function requireEmpty(reader: HistoryReader, place: string): Promise<void> {
  const tenants = await reader.tenants()
  if (tenants.length === 0) return
  const told: string[] = []
  // One after the other: a reader sees one tenant at a time.
  for (const { key, name } of tenants.slice(0, mostNamed)) {
    const engagements = await reader.count(key, 'engagement')
    const accounts = await reader.count(key, 'account')
    told.push(`${name} with ${engagements} engagements and ${accounts} accounts`)
  }
  const others = tenants.length > mostNamed ? `, and ${tenants.length - mostNamed} more tenants` : ''
  throw new MoveRefusal(`${place} has to be empty; it holds ${told.join(', ')}${others}. Nothing was changed`)
}
