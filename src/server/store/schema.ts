/**
 * The tables, as Kysely sees them. The ready document of an engagement is stored once, and the few columns that filters and
 * sorts need in tables of their own, which cover every walk, so documents are read only for the rows of the page.
 */
import type { Generated } from 'kysely'
import type { AuditAction } from '../../contract/model/audit.ts'
import type { EngagementStatus } from '../../contract/query/engagement-query.ts'

interface TenantTable {
  key: Generated<number>
  name: string
  /** Another number after every change of the tenant's engagements. */
  version: Generated<number>
}

/** 0 unsuccessful, 1 successful, 2 any other word or none: only `status=all` shows the last. */
export type StatusCode = 0 | 1 | 2

/** The words that an upstream is asked for, one after the other. */
export type WalkedStatus = Exclude<EngagementStatus, 'all'>

/** What a query's status lets through. */
export const statusCodes: Readonly<Record<EngagementStatus, readonly StatusCode[]>> = {
  successful: [1],
  unsuccessful: [0],
  all: [1, 0, 2],
}

/** What filters and sorts look at. Times in epoch milliseconds, duration in seconds; null is unknown. */
interface Sortable {
  status: StatusCode
  /** The start, or `unknownStart`. */
  start_key: number
  /** The engagement's id by `shortId`: in the same order. */
  id: Uint8Array
  end_ms: number | null
  duration: number | null
}

/** By its own key, so that pages of documents are full of nothing else. */
interface DocumentTable {
  /** Grows in the order of arrival, is never changed, and never given again in a tenant. */
  key: number
  tenant: number
  /** The JSON text that goes out as it is. */
  doc: string
}

/** What is looked for among a tenant's engagements. The table is its own index by start. */
interface EngagementTable extends Sortable {
  tenant: number
  /** Of its document. */
  key: number
}

/** An email address seen in a tenant, folded. */
interface PersonTable {
  key: Generated<number>
  tenant: number
  email: string
}

/**
 * Who took part: one row a person and engagement, with the sortable columns repeated so that one index walk is enough. The table
 * is its own index by start.
 */
interface ParticipantTable extends Sortable {
  person: number
  /** The key of its document. */
  engagement: number
}

/** Of each hour of a day, UTC. */
export const hourColumns = [
  'hour_0',
  'hour_1',
  'hour_2',
  'hour_3',
  'hour_4',
  'hour_5',
  'hour_6',
  'hour_7',
  'hour_8',
  'hour_9',
  'hour_10',
  'hour_11',
  'hour_12',
  'hour_13',
  'hour_14',
  'hour_15',
  'hour_16',
  'hour_17',
  'hour_18',
  'hour_19',
  'hour_20',
  'hour_21',
  'hour_22',
  'hour_23',
] as const
export type HourColumn = (typeof hourColumns)[number]
export type OpenColumn = `open_${HourColumn}`

/** Likewise, of those that have no end. */
export const openColumns = hourColumns.map((hour) => `open_${hour}` as const)

/**
 * How many engagements began on a day, and in each hour of it, and how many of these have no end, kept in the same
 * transaction as the rows. One without a start is in none.
 */
interface StartDayTable extends Record<HourColumn | OpenColumn, number> {
  tenant: number
  status: StatusCode
  /** Days since 1970-01-01, UTC. */
  day: number
  engagements: number
  open: number
  /**
   * Nothing that began on the day lasted less or longer from its start to its end, in milliseconds; null: nothing has ended.
   * Removing and changing leave them as they are, so they may be wider than need be.
   */
  shortest_ms: number | null
  longest_ms: number | null
}

/** How many engagements have no start, and how many of these no end either. */
interface UnplacedTable {
  tenant: number
  status: StatusCode
  engagements: number
  open: number
}

/**
 * The order by duration and id in parts of a few thousand engagements at most, so that any place in it is found by sums. A
 * part begins at its duration and id and reaches to where the next one begins; where the duration is unknown it is -1.
 */
interface DurationPartTable {
  tenant: number
  status: StatusCode
  duration: number
  from_id: Uint8Array
  engagements: number
}

/** One row for each transaction that added engagements: what had come in by a moment are the keys up to `last_key`. */
interface ArrivalTable {
  tenant: number
  /** Later than the one before, even where the clock stood still or went back. */
  at_ms: number
  last_key: number
}

interface RecordingTable {
  tenant: number
  id: string
  engagement_id: string
  media_type: string
  size: number
  sha256: string
}

/** A file of a recording that was removed or has other bytes now, and that has yet to go. No row of `recording` names it. */
interface RemovedFileTable {
  tenant: number
  recording_id: string
  /** Empty: from before files were named by their bytes. */
  sha256: string
}

/** A query that somebody of the tenant gave a name, for all of it. */
interface SavedViewTable {
  tenant: number
  id: string
  name: string
  /** In lower case; unique in the tenant. */
  folded_name: string
  format: number
  /** JSON of the stated parameters. */
  parameters: string
  created_ms: number
  created_by: string
  changed_ms: number
  changed_by: string
  revision: string
}

/** How far a sync has come with the engagements of one status. */
interface SyncWalkTable {
  tenant: number
  /** From which host, from when to when, and whether recordings come with them. */
  scope: string
  status: WalkedStatus
  /** When the last walk that went to its end began: what had arrived there by then is here. */
  whole_ms: number | null
  /** When the walk under way began; null: there is none. */
  begun_ms: number | null
  /** The second of starts that it has reached; null: it is at its beginning. */
  reached_ms: number | null
}

/** Starts among which a sync could not take everything; it looks at them again. */
interface SyncGapTable {
  tenant: number
  scope: string
  status: WalkedStatus
  from_ms: number
  to_ms: number
  noted_ms: number
}

/** Access that was taken back. */
interface Endable {
  /** Since when nobody signs in by this; null: it is in use. */
  disabled_ms: Generated<number | null>
  /** Tokens and sessions from before this moment have ended; null: none had to be ended. */
  ended_ms: Generated<number | null>
}

interface AccountTable extends Endable {
  tenant: number
  /** Folded. */
  email: string
  role: 'supervisor' | 'admin'
  /** PHC string of argon2id. */
  password_hash: string
  created_ms: number
}

/** A program's credentials. Once a tenant has any, revoked ones included, `/v1/auth` asks for them. */
interface ClientTable extends Endable {
  tenant: number
  id: string
  secret_hash: string
  created_ms: number
}

/** Kept for a while, whatever becomes of the engagements. */
interface AuditTable {
  key: Generated<number>
  tenant: number
  at_ms: number
  subject: string | null
  action: AuditAction
  target: string | null
  address: string
  /** How often within its second. */
  times: number
}

/** Failed sign-ins of an account or an address. */
interface SignInFailureTable {
  /** A hash of what they have in common. */
  key: string
  /** Failures at `at_ms` and, of what is being checked, what may become one. */
  filled: number
  checking: number
  at_ms: number
}

export interface Tables {
  tenant: TenantTable
  document: DocumentTable
  engagement: EngagementTable
  person: PersonTable
  participant: ParticipantTable
  start_day: StartDayTable
  unplaced: UnplacedTable
  duration_part: DurationPartTable
  arrival: ArrivalTable
  recording: RecordingTable
  removed_file: RemovedFileTable
  saved_view: SavedViewTable
  sync_walk: SyncWalkTable
  sync_gap: SyncGapTable
  account: AccountTable
  client: ClientTable
  sign_in_failure: SignInFailureTable
  audit: AuditTable
}
