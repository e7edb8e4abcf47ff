/** The kept counts of days, read once for each state of a tenant's engagements: a histogram takes longer to read them than for all else. */
import type { Kysely } from 'kysely'
import { daysBetween } from './histogram-statement.ts'
import type { StatusCode, Tables } from './schema.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 200
/** Of a longer range nothing is kept: it would fill the memory for a query that is rarely asked. */
const mostDays = 1000

interface DaysAsked {
  readonly tenant: number
  /** What of the tenant's engagements, as its version tells: read in the same transaction. */
  readonly version: string
  readonly status: StatusCode
  /** Hours of a day before which to count too. */
  readonly hours: readonly number[]
  readonly firstDay: number
  readonly lastDay: number
}

/** The rows of `daysBetween`. */
export type DayCounts = readonly (readonly unknown[])[]

export function createDayCounts(
  prepared: StatementCache,
  db: Kysely<Tables>,
): (asked: DaysAsked) => DayCounts {
  const kept = new Map<string, { readonly version: string; readonly rows: DayCounts }>()
  return ({ tenant, version, status, hours, firstDay, lastDay }) => {
    const statement = `days ${status} ${hours.join(',')}`
    const key = `${tenant} ${firstDay} ${lastDay} ${statement}`
    const known = kept.get(key)
    if (known?.version === version) return known.rows
    const rows = prepared(statement, () => daysBetween(db, status, hours)).rows({ tenant, firstDay, lastDay })
    kept.delete(key)
    const [oldest] = kept.keys()
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
    if (rows.length <= mostDays) kept.set(key, { version, rows })
    return rows
  }
}
