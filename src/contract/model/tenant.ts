/** A tenant's key, such as `PremierTenant`: letters, digits, `_`, `.` and `-`, at most 256, and not dots alone (ours). */
export function isTenantKey(text: string): boolean {
  return /^[\p{L}\p{N}_.-]{1,256}$/u.test(text) && !/^\.+$/.test(text)
}
