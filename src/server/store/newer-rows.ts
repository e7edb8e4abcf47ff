/**
 * The engagements that came in after a moment, while they are few: what is kept of all of them is then known of those before
 * the moment too.
 */
import type { Kysely } from 'kysely'
import type { EngagementFilter } from '../../contract/query/engagement-query.ts'
import { createKeptByVersion } from './kept-by-version.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import { shortId } from './short-id.ts'
import { columnsOf } from './sortable-columns.ts'
import { slot, type Template, template } from './statement.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 16
/** Past as many the rows themselves are walked. Keys of other tenants are passed on the way and count too. */
const mostNewer = 5000

export interface NewerRow {
  readonly status: StatusCode
  readonly start: number | null
  readonly end: number | null
  readonly duration: number | null
  /** By `shortId`. */
  readonly id: Uint8Array
}

/**
 * To be asked in the transaction that has read the version.
 * @param lastKey the last key up to the moment; absent: there is no moment
 * @returns nothing where they are too many
 */
export type ReadNewerRows = (
  tenant: number,
  version: string,
  lastKey: number | undefined,
) => readonly NewerRow[] | undefined

/** @param newestKey the greatest key that the tenant has used */
export function createNewerRows(
  prepared: StatementCache,
  db: Kysely<Tables>,
  newestKey: (tenant: number) => number,
): ReadNewerRows {
  const kept = createKeptByVersion<readonly NewerRow[]>(mostKept)
  return (tenant, version, lastKey) => {
    if (lastKey === undefined) return []
    const newer = newestKey(tenant) - lastKey
    if (newer <= 0) return []
    if (newer > mostNewer) return undefined
    return kept.of(`${tenant} ${lastKey}`, version, () =>
      prepared('newer rows', () => newerRows(db))
        .rows({ tenant, lastKey })
        .map(([doc]): NewerRow => {
          const { id, ...columns } = columnsOf(JSON.parse(String(doc)))
          return { ...columns, id: shortId(id) }
        }),
    )
  }
}

/** Whether a filter lets a row through, users and moment apart. */
export function letsThrough(
  filter: EngagementFilter,
  { status, start, end }: Pick<NewerRow, 'status' | 'start' | 'end'>,
): boolean {
  const within = (at: number | null, after: number | undefined, before: number | undefined) =>
    (after === undefined || (at !== null && at >= after)) &&
    (before === undefined || (at !== null && at <= before))
  return (
    statusCodes[filter.status].includes(status) &&
    within(start, filter.startAfter, filter.startBefore) &&
    within(end, filter.endAfter, filter.endBefore)
  )
}

function newerRows(db: Kysely<Tables>): Template {
  return template(
    db
      .selectFrom('document')
      .select('doc')
      .where('key', '>', slot<number>('lastKey'))
      .where('tenant', '=', slot<number>('tenant')),
  )
}
