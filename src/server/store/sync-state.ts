/**
 * How far a sync has come, kept beside the rows: it is changed in the transaction that writes them, so that it never says
 * more than what is here.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Compilable, Kysely } from 'kysely'
import type { EpochMs } from '../../contract/query/instant.ts'
import { statusCodes, type Tables, type WalkedStatus } from './schema.ts'
import { fill, slot, template } from './statement.ts'

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

/** What changes a walk is for the `alongside` of a write: it begins no transaction of its own. */
export interface SyncState {
  walk(key: WalkKey): Promise<WalkState>
  gaps(key: WalkKey): Promise<readonly SyncGap[]>
  /** Start of the tenant's first engagement that started at a moment or later and has not ended. */
  firstOpen(key: WalkKey, fromMs: EpochMs): Promise<EpochMs | undefined>
  put(tenant: number, key: WalkKey, state: WalkState): void
  noteGap(tenant: number, key: WalkKey, gap: SyncGap, notedMs: EpochMs): void
  /** Of gaps inside of one, those that were not noted at a moment or later. */
  clearGaps(tenant: number, key: WalkKey, inside: SyncGap, notedBeforeMs: EpochMs): void
}

export function createSyncState(database: DatabaseSync, db: Kysely<Tables>): SyncState {
  const runner = (query: Compilable) => {
    const { sql, parameters } = template(query)
    const statement = database.prepare(sql)
    return (values: Readonly<Record<string, SQLInputValue>>) => {
      statement.run(...fill(parameters, values))
    }
  }
  const walk = {
    tenant: slot<number>('tenant'),
    scope: slot<string>('scope'),
    status: slot<WalkedStatus>('status'),
  }
  const put = runner(
    db
      .insertInto('sync_walk')
      .values({
        ...walk,
        whole_ms: slot<number | null>('wholeMs'),
        begun_ms: slot<number | null>('begunMs'),
        reached_ms: slot<number | null>('reachedMs'),
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'scope', 'status']).doUpdateSet((eb) => ({
          whole_ms: eb.ref('excluded.whole_ms'),
          begun_ms: eb.ref('excluded.begun_ms'),
          reached_ms: eb.ref('excluded.reached_ms'),
        })),
      ),
  )
  const noteGap = runner(
    db
      .insertInto('sync_gap')
      .values({
        ...walk,
        from_ms: slot<number>('fromMs'),
        to_ms: slot<number>('toMs'),
        noted_ms: slot<number>('notedMs'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'scope', 'status', 'from_ms', 'to_ms'])
          .doUpdateSet((eb) => ({ noted_ms: eb.ref('excluded.noted_ms') })),
      ),
  )
  const clearGaps = runner(
    db
      .deleteFrom('sync_gap')
      .where('tenant', '=', walk.tenant)
      .where('scope', '=', walk.scope)
      .where('status', '=', walk.status)
      .where('from_ms', '>=', slot<number>('fromMs'))
      .where('to_ms', '<=', slot<number>('toMs'))
      .where('noted_ms', '<', slot<number>('notedBeforeMs')),
  )
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
        .select('start_ms')
        .where('tenant.name', '=', tenant)
        .where('engagement.status', 'in', statusCodes[status])
        .where('start_ms', '>=', fromMs)
        .where('end_ms', 'is', null)
        .orderBy('start_ms')
        .limit(1)
        .executeTakeFirst()
      return row?.start_ms ?? undefined
    },
    put: (tenant, { scope, status }, { wholeMs = null, underWay }) =>
      put({
        tenant,
        scope,
        status,
        wholeMs,
        begunMs: underWay?.begunMs ?? null,
        reachedMs: underWay?.reachedMs ?? null,
      }),
    noteGap: (tenant, { scope, status }, { fromMs, toMs }, notedMs) =>
      noteGap({ tenant, scope, status, fromMs, toMs, notedMs }),
    clearGaps: (tenant, { scope, status }, { fromMs, toMs }, notedBeforeMs) =>
      clearGaps({ tenant, scope, status, fromMs, toMs, notedBeforeMs }),
  }
}
