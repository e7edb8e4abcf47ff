/** Removes audit records that are older than they are to be kept: at start, and once a day. */
import type { AuditLog } from './audit-log.ts'

const dayMs = 86_400_000

/** @returns what ends it */
export function keepAuditFor(days: number, audit: AuditLog, failed: (error: unknown) => void): () => void {
  const remove = () => audit.removeBefore(Date.now() - days * dayMs).catch(failed)
  remove()
  const daily = setInterval(remove, dayMs).unref()
  return () => clearInterval(daily)
}
