/** What the audit keeps of a request. */
import type { FastifyRequest } from 'fastify'
import type { AuditAction } from '../../contract/model/audit.ts'
import type { AuditRecord } from '../store/audit-statement.ts'

interface Deed {
  readonly tenant: string
  readonly action: AuditAction
  readonly target?: string | undefined
  /** Whom the request speaks for, where no hook has found out. */
  readonly subject?: string | undefined
}

export function auditRecord(
  request: FastifyRequest,
  { tenant, action, target, subject = request.identity?.subject }: Deed,
): AuditRecord {
  return { tenant, atMs: Date.now(), subject, action, target, address: addressOf(request) }
}

/** A connection that is gone by now has no address any more, whatever the type says. */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  const address: string | undefined = ip
  return address ?? 'unknown'
}

/** The query as it was asked. Only for queries that were read: none of their parameters is a secret. */
export function askedQuery(request: FastifyRequest): string | undefined {
  const url = request.raw.url ?? ''
  const mark = url.indexOf('?')
  return mark < 0 ? undefined : url.slice(mark + 1)
}
