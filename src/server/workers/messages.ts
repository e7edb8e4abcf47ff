/** What the process that was started and its workers tell each other. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { Outcome } from '../auth/attempt-limit.ts'
import type { SignInLimits } from '../auth/sign-in-limits.ts'

/** The answer to `here`. */
export interface Begin {
  readonly kind: 'begin'
  /** In place of the configured one. */
  readonly port: number
  /** Whether it is the one that does what is to be done once for all. */
  readonly upkeep: boolean
}

interface Played {
  readonly kind: 'played'
  readonly key: string
  readonly atMs: EpochMs
}

/** What is limited for all workers together. */
export type Limited = 'measuring' | keyof SignInLimits

export type ToWorker =
  | Begin
  /** As by a signal: to end in order. */
  | { readonly kind: 'stop' }
  | Played
  /** The turn has come that was asked for with this number, or will not before so many milliseconds. */
  | { readonly kind: 'turn'; readonly id: number; readonly refusedMs: number | undefined }

export type FromWorker =
  /** It listens to messages; what was sent before is lost. */
  | { readonly kind: 'here' }
  | Ready
  | Played
  /** Asks for a turn. @param id the worker's own number for it */
  | { readonly kind: 'enter'; readonly id: number; readonly of: Limited; readonly key: string }
  | { readonly kind: 'leave'; readonly id: number; readonly outcome: Outcome }

/** It answers. */
export interface Ready {
  readonly kind: 'ready'
  /** Where it listens. */
  readonly address: string
  /** For people; empty from all but the one that has the upkeep. */
  readonly welcome: string
}
