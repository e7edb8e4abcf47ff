/** Which ends of access matter, and what they end: the same for both engines. */
import { tokenSeconds } from '../auth/access-tokens.ts'
import type { Identity } from '../auth/identity.ts'

/** A token's lifetime, and a minute for those that were being issued: what was given before has expired by itself. */
const windowMs = tokenSeconds * 1000 + 60_000

/** By `keyOf`. */
export type Ends = ReadonlyMap<string, { readonly endedMs: number; readonly disabled: boolean }>

/** @returns since when ends have to be known */
export function endedWithin(nowMs: number): number {
  return nowMs - windowMs
}

export function isEnded(ends: Ends, { tenant, subject }: Identity, issuedMs: number): boolean {
  if (ends.size === 0) return false
  const end = ends.get(keyOf(tenant, subject))
  return end !== undefined && (end.disabled || issuedMs <= end.endedMs)
}

export function keyOf(tenant: string, subject: string): string {
  return `${tenant}\n${subject}`
}
