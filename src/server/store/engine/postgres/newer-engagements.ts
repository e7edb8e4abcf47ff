/**
 * The engagements that came in after a moment, while they are few: what is kept of all of them is then known of those before the
 * moment too.
 */
import { type Kysely, sql } from 'kysely'
import type { NewerRow } from '../../newer-rows.ts'
import type { StatusCode } from '../../schema.ts'
import { slot, template } from '../../statement.ts'
import { createKeptLater } from './kept-later.ts'
import { type PostgresTables, unknownStart } from './schema.ts'
import { byMonths } from './start-months.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'

const mostKept = 16
/** Past as many the rows themselves are walked. */
const mostNewer = 5000

export type Newer = Pick<NewerRow, 'status' | 'start' | 'end'>

/**
 * @param lastKey the last key up to the moment; absent: there is no moment
 * @param newestKey the greatest that the tenant has used
 * @returns nothing where they are too many
 */
export type ReadNewer = (
  run: Run,
  of: { readonly tenant: number; readonly lastKey: number | undefined; readonly newestKey: number },
) => Promise<readonly Newer[] | undefined>

export function createNewerReader(db: Kysely<PostgresTables>, named: NameStatement): ReadNewer {
  const kept = createKeptLater<readonly Newer[]>(mostKept)
  const version = named('version of newer', () =>
    template(db.selectFrom('tenant').select('version').where('key', '=', slot<number>('tenant'))),
  )
  const places = named('newer places', () =>
    template(
      db
        .selectFrom('engagement_key')
        .select(['key', 'start_ms'])
        .where('tenant', '=', slot<number>('tenant'))
        .where('key', '>', slot<number>('lastKey')),
    ),
  )
  const columns = named('newer columns', () =>
    template(
      db
        .selectFrom('engagement')
        .select(['status', 'start_ms', 'end_ms'])
        .where('tenant', '=', slot<number>('tenant'))
        .where('start_ms', '>=', slot<number>('first'))
        .where('start_ms', '<=', slot<number>('last'))
        .where('start_ms', '=', sql<number>`any(${slot('starts')}::bigint[])`)
        .where('key', '=', sql<number>`any(${slot('keys')}::bigint[])`),
    ),
  )

  const read = async (run: Run, tenant: number, lastKey: number): Promise<readonly Newer[]> => {
    const found = await run(places, { tenant, lastKey })
    const rows = await byMonths(
      found.map(([key, start]) => ({ key: Number(key), start: Number(start) })),
      (of) => run(columns, { tenant, ...of }),
    )
    return rows.map(([status, start, end]) => ({
      status: status as StatusCode,
      start: Number(start) === unknownStart ? null : Number(start),
      end: end === null ? null : Number(end),
    }))
  }

  return async (run, { tenant, lastKey, newestKey }) => {
    if (lastKey === undefined || newestKey <= lastKey) return []
    if (newestKey - lastKey > mostNewer) return undefined
    const [[of] = []] = await run(version, { tenant })
    return kept.of(`${tenant} ${lastKey}`, Number(of), () => read(run, tenant, lastKey))
  }
}
