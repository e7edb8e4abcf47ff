/**
 * Counting a tenant's starts and durations anew from the rows: where an earlier version of ours, which keeps less beside them, has
 * written, or a month was detached. Readers walk rows until it is done.
 */
import { leastSeconds, mostSeconds } from './duration-counts.ts'
import type { Connections } from './open-pool.ts'
import { unknownDuration, unknownStart } from './schema.ts'
import { unitCodes } from './start-counts.ts'
import { type Run, transact } from './transactions.ts'

/** It walks over all rows of a tenant. */
const statementMs = 3_600_000
/** An earlier version that goes on writing would have it begin again and again. */
const againMs = 60_000
const hourMs = 3_600_000

const startsOf = (unit: 'day' | 'hour' | 'none') => {
  const length = unit === 'day' ? 24 * hourMs : hourMs
  const at = unit === 'none' ? '0' : `floor(start_ms / ${length}::numeric)::integer`
  const lasted = unit === 'none' ? 'null::bigint' : 'end_ms - start_ms'
  return `select status, ${unitCodes[unit]}::smallint as unit, ${at} as at, count(*)::integer as engagements,
      count(end_ms)::integer as ended, min(${lasted}) as shortest_ms, max(${lasted}) as longest_ms
    from engagement where tenant = $1 and start_ms ${unit === 'none' ? '=' : '<>'} ${unknownStart} group by 1, 2, 3`
}
/** What the `start_count` of a tenant has to be. Slot: its key. */
export const countedStarts = (['day', 'hour', 'none'] as const).map(startsOf).join(' union all ')

/** What its `duration_count` has to be. */
export const countedDurations = `select status,
    least(greatest(floor(duration), ${leastSeconds}), ${mostSeconds})::integer as seconds, count(*)::integer as engagements
  from engagement where tenant = $1 and duration <> '${unknownDuration}' group by 1, 2`

/** In the transaction of a writer of the tenant, while no other writes. It does not change the tenant's version. */
export async function countAnew(run: Run, tenant: number): Promise<void> {
  const change = (sql: string) => run({ sql, parameters: [tenant] }, {})
  await change('delete from start_count where tenant = $1')
  await change(`insert into start_count (tenant, status, unit, at, engagements, ended, shortest_ms, longest_ms)
    select $1, status, unit, at, engagements, ended, shortest_ms, longest_ms from (${countedStarts}) as c`)
  await change('delete from duration_count where tenant = $1')
  await change(`insert into duration_count (tenant, status, seconds, engagements)
    select $1, status, seconds, engagements from (${countedDurations}) as c`)
  await change('update tenant set counted_version = version where key = $1')
}

/**
 * @param pool of connections whose statements may walk over all rows of a tenant
 * @param failed told of what failed; it is tried again when it is wanted again
 * @returns what has a tenant counted anew while nobody waits for it
 */
export function createRecounts(
  pool: Connections,
  failed: (error: unknown) => void,
): (tenant: number) => void {
  const begunMs = new Map<number, number>()

  const recount = (tenant: number): Promise<void> =>
    transact(pool, { mode: 'write', tenant, statementMs }, async (run) => {
      const [row] = await run(
        {
          sql: 'select version, counted_version from tenant where key = $1 for no key update',
          parameters: [tenant],
        },
        {},
      )
      // Another instance may have done it by now.
      if (row !== undefined && row[0] !== row[1]) await countAnew(run, tenant)
    })

  return (tenant) => {
    const nowMs = performance.now()
    if (nowMs - (begunMs.get(tenant) ?? -Infinity) < againMs) return
    begunMs.set(tenant, nowMs)
    recount(tenant).catch(failed)
  }
}
