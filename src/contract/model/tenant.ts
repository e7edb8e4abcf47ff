/** Words that stand where a tenant's key would: in `/v1/engagements/count/…`, `…/export/…`, `…/histogram/…` and `…/sample/…`, and first in addresses that are not the page's. */
const reserved: ReadonlySet<string> = new Set([
  'count',
  'export',
  'histogram',
  'sample',
  'v1',
  'session',
  'assets',
])

/**
 * A tenant's key, such as `PremierTenant`: letters, digits, `_`, `.` and `-`, at most 256, not dots alone, and none of the
 * reserved words (ours).
 */
export function isTenantKey(text: string): boolean {
  return /^[\p{L}\p{N}_.-]{1,256}$/u.test(text) && !/^\.+$/.test(text) && !reserved.has(text)
}
