/** A page of the audit, from either engine. */
import type { Kysely } from 'kysely'
import type { AuditQuery } from '../../contract/query/audit-query.ts'
import type { Tables } from './schema.ts'

export type AuditRow = Pick<Tables['audit'], 'at_ms' | 'subject' | 'action' | 'target' | 'address' | 'times'>

/** Newest first, and one more than were asked for, where there is one. */
export function auditRows(
  db: Kysely<Tables>,
  tenant: string,
  { after, before, limit, offset }: AuditQuery,
): Promise<readonly AuditRow[]> {
  let query = db
    .selectFrom('audit')
    .innerJoin('tenant', 'tenant.key', 'audit.tenant')
    .select(['at_ms', 'subject', 'action', 'target', 'address', 'times'])
    .where('tenant.name', '=', tenant)
  if (after !== undefined) query = query.where('at_ms', '>=', after)
  if (before !== undefined) query = query.where('at_ms', '<=', before)
  return query
    .orderBy('at_ms', 'desc')
    .orderBy('audit.key', 'desc')
    .limit(limit + 1)
    .offset(offset)
    .execute()
}
