/** The version of a tenant's engagements: another text after every change, whichever process made it. */
import type { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import type { Tables } from './schema.ts'
import { fill, slot, template } from './statement.ts'

/** Tenants by their keys. */
export interface TenantVersions {
  now(tenant: number): string
  /** May be a millisecond old, and so costs a busy server next to nothing. */
  lately(tenant: number): string
  /** To be called in the transaction that changes the tenant's engagements. Deleting them does it by itself. */
  change(tenant: number): void
}

export function createTenantVersions(database: DatabaseSync, db: Kysely<Tables>): TenantVersions {
  const reading = template(
    db.selectFrom('tenant').select('version').where('key', '=', slot<number>('tenant')),
  )
  // By the clock, so that a number does not come back with other rows when a copy of the database is put in place of it.
  const changing = template(
    db
      .updateTable('tenant')
      .set({ version: sql<number>`max(version + 1, ${slot('nowMs')})` })
      .where('key', '=', slot<number>('tenant')),
  )
  const read = database.prepare(reading.sql)
  read.setReturnArrays(true)
  const write = database.prepare(changing.sql)
  const known = new Map<number, { readonly atMs: number; readonly version: string }>()

  const now = (tenant: number): string => {
    const row = read.get(...fill(reading.parameters, { tenant })) as unknown as [number] | undefined
    return (row?.[0] ?? 0).toString(36)
  }
  return {
    now,
    lately(tenant) {
      const atMs = Date.now()
      const last = known.get(tenant)
      if (last?.atMs === atMs) return last.version
      const version = now(tenant)
      known.set(tenant, { atMs, version })
      return version
    },
    change(tenant) {
      known.delete(tenant)
      write.run(...fill(changing.parameters, { tenant, nowMs: Date.now() }))
    },
  }
}
