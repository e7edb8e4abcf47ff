/** The tables of PostgreSQL where they differ from the embedded ones. */
import type { Generated } from 'kysely'
import type { StatusCode, Tables } from '../../schema.ts'

/**
 * Starts and durations are never null here: what partitions and sorts is easier to walk without. What is unknown is below
 * all that is known, which is where SQLite sorts its nulls.
 */
export const unknownStart = Number.MIN_SAFE_INTEGER
export const unknownDuration = Number.NEGATIVE_INFINITY

interface Sortable {
  tenant: number
  /** `unknownStart` where there is none; what the partitions of a tenant go by. */
  start_ms: number
  id: string
  status: StatusCode
  end_ms: number | null
  duration: number
}

interface EngagementTable extends Sortable {
  /** As in the embedded tables, within its tenant. */
  key: number
  doc: string
}

interface ParticipantTable extends Sortable {
  person: number
  engagement: number
}

/** Where the engagement of an id is: no index of a partitioned table can keep ids unique over all months. */
interface EngagementKeyTable {
  tenant: number
  id: string
  key: number
  start_ms: number
}

/** How many began on a day or in an hour, UTC, or have no start. */
interface StartCountTable {
  tenant: number
  status: StatusCode
  /** 0: days, 1: hours, 2: without a start. */
  unit: number
  /** Days or hours since 1970-01-01; 0 without a start. */
  at: number
  engagements: number
  /** Of these, those that have an end. */
  ended: number
  /** Bounds of how long they lasted, from start to end; null: nothing of it has ended, or there is no start. */
  shortest_ms: number | null
  longest_ms: number | null
}

/** How many lasted a number of whole seconds; those of unknown duration are in none. */
interface DurationCountTable {
  tenant: number
  status: StatusCode
  seconds: number
  engagements: number
}

type TenantTable = Tables['tenant'] & {
  /** The version that `start_count` and `duration_count` are of; another one, or none: they have to be counted anew. */
  counted_version: Generated<number | null>
}

/** What both engines have alike. */
type Alike =
  | 'person'
  | 'arrival'
  | 'recording'
  | 'removed_file'
  | 'saved_view'
  | 'sync_walk'
  | 'sync_gap'
  | 'account'
  | 'client'
  | 'audit'

export interface PostgresTables extends Pick<Tables, Alike> {
  tenant: TenantTable
  start_count: StartCountTable
  duration_count: DurationCountTable
  engagement: EngagementTable
  participant: ParticipantTable
  engagement_key: EngagementKeyTable
}
