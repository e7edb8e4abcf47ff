import type { Identity } from './identity.ts'

/** Access that was taken back before its tokens expired. */
export interface EndedAccess {
  /** Whether what an identity was given at a moment counts no more. Asked for every request. */
  has(identity: Identity, issuedMs: number): boolean
}
