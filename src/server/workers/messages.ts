/** What the process that was started and its workers tell each other. */
import type { EpochMs } from '../../contract/query/instant.ts'

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

export type ToWorker =
  | Begin
  /** As by a signal: to end in order. */
  | { readonly kind: 'stop' }
  | Played
  /** The turn has come that was asked for with this number. */
  | { readonly kind: 'turn'; readonly id: number }

export type FromWorker =
  /** It listens to messages; what was sent before is lost. */
  | { readonly kind: 'here' }
  | Ready
  | Played
  /** @param id the worker's own number for this turn */
  | { readonly kind: 'take'; readonly id: number; readonly key: string }
  | { readonly kind: 'leave'; readonly id: number }

/** It answers. */
export interface Ready {
  readonly kind: 'ready'
  /** Where it listens. */
  readonly address: string
  /** For people; empty from all but the one that has the upkeep. */
  readonly welcome: string
}
