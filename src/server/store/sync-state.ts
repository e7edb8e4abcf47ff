/**
 * How far a sync has come, kept beside the rows: it is changed in the transaction that writes them, so that it never says
 * more than what is here.
 */
import { type Kysely, sql } from 'kysely'
import type { EpochMs } from '../../contract/query/instant.ts'
import { statusCodes, type Tables, type WalkedStatus } from './schema.ts'

/** Whose walk: of a tenant, of one scope (host, span, with or without recordings), of one status. */
export interface WalkKey {
  readonly tenant: string
  readonly scope: string
  readonly status: WalkedStatus
}

export interface WalkState {
  /** When the last walk that went to its end began; undefined: none has. */
  readonly wholeMs: EpochMs | undefined
  readonly underWay: WalkUnderWay | undefined
}

export interface WalkUnderWay {
  readonly begunMs: EpochMs
  /** The second of starts that it has reached; undefined: it is at its beginning. */
  readonly reachedMs: EpochMs | undefined
}

/** Seconds of starts, both included, among which something could not be taken. */
export interface SyncGap {
  readonly fromMs: EpochMs
  readonly toMs: EpochMs
}

export interface SyncState {
  walk(key: WalkKey): Promise<WalkState>
  gaps(key: WalkKey): Promise<readonly SyncGap[]>
  /** Start of the tenant's first engagement that started at a moment or later and has not ended. */
  firstOpen(key: WalkKey, fromMs: EpochMs): Promise<EpochMs | undefined>
}

/** @param startColumn as the engine calls it */
export function createSyncState(
  db: Kysely<Tables>,
  startColumn: 'start_key' | 'start_ms' = 'start_ms',
): SyncState {
  const start = sql.ref<number>(startColumn)
  const rowsOf = (table: 'sync_walk' | 'sync_gap', { tenant, scope, status }: WalkKey) =>
    db
      .selectFrom(table)
      .innerJoin('tenant', 'tenant.key', `${table}.tenant`)
      .where('tenant.name', '=', tenant)
      .where(`${table}.scope`, '=', scope)
      .where(`${table}.status`, '=', status)

  return {
    async walk(key) {
      const row = await rowsOf('sync_walk', key)
        .select(['whole_ms', 'begun_ms', 'reached_ms'])
        .executeTakeFirst()
      const begunMs = row?.begun_ms ?? undefined
      return {
        wholeMs: row?.whole_ms ?? undefined,
        underWay: begunMs === undefined ? undefined : { begunMs, reachedMs: row?.reached_ms ?? undefined },
      }
    },
    gaps: (key) =>
      rowsOf('sync_gap', key).select(['from_ms as fromMs', 'to_ms as toMs']).orderBy('from_ms').execute(),
    async firstOpen({ tenant, status }, fromMs) {
      const row = await db
        .selectFrom('engagement')
        .innerJoin('tenant', 'tenant.key', 'engagement.tenant')
        .select(start.as('start'))
        .where('tenant.name', '=', tenant)
        .where('engagement.status', 'in', statusCodes[status])
        .where(start, '>=', fromMs)
        .where('end_ms', 'is', null)
        .orderBy(start)
        .limit(1)
        .executeTakeFirst()
      return row?.start
    },
  }
}
