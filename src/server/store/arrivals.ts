/** When a tenant's engagements came in. Whatever came in by a moment has keys up to one key, and nothing later gets such a key. */
import type { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { Tables } from './schema.ts'
import { fill, slot, type Template, template } from './statement.ts'

export interface Arrival {
  readonly atMs: EpochMs
  /** The greatest key that an engagement of the tenant had got by then. */
  readonly lastKey: number
}

/** Tenants by their keys. */
export interface Arrivals {
  /** The last one up to a moment, that included; none: nothing had come in by then. */
  lastBy(tenant: number, moment: EpochMs): Arrival | undefined
  /** Every key after this one is free for the tenant. To be asked in the transaction that uses them. */
  lastKey(tenant: number): number
  /** To be called at the end of a transaction that added engagements. */
  add(tenant: number, lastKey: number): void
}

export function createArrivals(database: DatabaseSync, db: Kysely<Tables>): Arrivals {
  const prepare = ({ sql, parameters }: Template) => ({ statement: database.prepare(sql), parameters })
  const ofTenant = db.selectFrom('arrival').where('tenant', '=', slot<number>('tenant'))
  // Written out: a limit that is a parameter would have the statement planned anew each time.
  const one = sql.lit(1)
  const last = ofTenant.orderBy('at_ms', 'desc').limit(one)
  const reading = prepare(
    template(last.select(['at_ms', 'last_key']).where('at_ms', '<=', slot<number>('moment'))),
  )
  reading.statement.setReturnArrays(true)
  // SQLite gives the key of a deleted newest row anew. The greatest of all rows is not enough then, the tenant's last
  // arrival still knows it. What other tenants have used and deleted is nothing to this one: keys mean nothing across them.
  const keys = prepare(
    template(
      db.selectNoFrom((eb) => [
        sql<number>`max(
          coalesce(${eb.selectFrom('document').select((of) => of.fn.max('key').as('key'))}, 0),
          coalesce(${last.select('last_key')}, 0))`.as('key'),
      ]),
    ),
  )
  const adding = prepare(
    template(
      db.insertInto('arrival').values({
        tenant: slot<number>('tenant'),
        at_ms: sql<number>`max(${slot('nowMs')}, coalesce(${last.select('at_ms')} + 1, ${slot('nowMs')}))`,
        last_key: slot<number>('lastKey'),
      }),
    ),
  )

  return {
    lastBy(tenant, moment) {
      const row = reading.statement.get(...fill(reading.parameters, { tenant, moment })) as unknown as
        | [number, number]
        | undefined
      return row && { atMs: row[0], lastKey: row[1] }
    },
    lastKey: (tenant) => Number(keys.statement.get(...fill(keys.parameters, { tenant }))?.key),
    add(tenant, lastKey) {
      adding.statement.run(...fill(adding.parameters, { tenant, lastKey, nowMs: Date.now() }))
    },
  }
}
