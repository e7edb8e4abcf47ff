/** A page of the audit with what is not written yet: as if it were. */
import type { AuditQuery } from '../../contract/query/audit-query.ts'
import type { AuditRow } from './audit-rows.ts'
import type { AuditRecord } from './audit-statement.ts'

type Unwritten = AuditRecord & { readonly times: number }

/**
 * @param gathered of all tenants, oldest first
 * @param written asked for rows of the store; undefined: there is no such tenant
 * @returns newest first, and one more than were asked for, where there is one
 */
export async function withUnwritten(
  gathered: readonly Unwritten[],
  tenant: string,
  query: AuditQuery,
  written: (asked: AuditQuery) => Promise<readonly AuditRow[] | undefined>,
): Promise<readonly AuditRow[]> {
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY, limit, offset } = query
  const own = gathered
    .filter((one) => one.tenant === tenant && one.atMs >= after && one.atMs <= before)
    .map(rowOf)
    .reverse()
  // So many written ones come before the page, wherever the others fall.
  const skipped = Math.max(0, offset - own.length)
  const ahead = offset - skipped
  const rows = await written({ ...query, offset: skipped, limit: limit + ahead })
  if (rows === undefined) return []
  // The sort is stable: what is written later will be the newer one of the same moment.
  const all = [...own, ...rows].sort((a, b) => b.at_ms - a.at_ms)
  return all.slice(ahead, ahead + limit + 1)
}

function rowOf({ atMs, subject, action, target, address, times }: Unwritten): AuditRow {
  return { at_ms: atMs, subject: subject ?? null, action, target: target ?? null, address, times }
}
