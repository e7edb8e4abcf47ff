/** The tables of PostgreSQL where they differ from the embedded ones. */
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

/** How many began on a day or in an hour, UTC. */
interface StartCountTable {
  tenant: number
  status: StatusCode
  /** 0: days, 1: hours. */
  unit: number
  /** Days or hours since 1970-01-01. */
  at: number
  engagements: number
}

/** What both engines have alike. */
type Alike =
  | 'tenant'
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
  start_count: StartCountTable
  engagement: EngagementTable
  participant: ParticipantTable
  engagement_key: EngagementKeyTable
}
