/** What changes how far a sync has come: given to a write, which makes the changes in the transaction of the rows. */
import type { CompiledQuery, Kysely } from 'kysely'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { Tables } from './schema.ts'
import type { SyncGap, WalkKey, WalkState } from './sync-state.ts'

export type SyncChange =
  | { readonly kind: 'put'; readonly key: WalkKey; readonly state: WalkState }
  | { readonly kind: 'note-gap'; readonly key: WalkKey; readonly gap: SyncGap; readonly notedMs: EpochMs }
  /** Of gaps inside of one, those that were not noted at a moment or later. */
  | {
      readonly kind: 'clear-gaps'
      readonly key: WalkKey
      readonly inside: SyncGap
      readonly notedBeforeMs: EpochMs
    }

/** @param tenant key of the one that the change is of */
export function syncChangeQuery(db: Kysely<Tables>, tenant: number, change: SyncChange): CompiledQuery {
  const { scope, status } = change.key
  const walk = { tenant, scope, status }
  if (change.kind === 'put') {
    const { wholeMs = null, underWay } = change.state
    const reached = {
      whole_ms: wholeMs,
      begun_ms: underWay?.begunMs ?? null,
      reached_ms: underWay?.reachedMs ?? null,
    }
    return db
      .insertInto('sync_walk')
      .values({ ...walk, ...reached })
      .onConflict((conflict) => conflict.columns(['tenant', 'scope', 'status']).doUpdateSet(reached))
      .compile()
  }
  if (change.kind === 'note-gap') {
    const { gap, notedMs } = change
    return db
      .insertInto('sync_gap')
      .values({ ...walk, from_ms: gap.fromMs, to_ms: gap.toMs, noted_ms: notedMs })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'scope', 'status', 'from_ms', 'to_ms'])
          .doUpdateSet({ noted_ms: notedMs }),
      )
      .compile()
  }
  const { inside, notedBeforeMs } = change
  return db
    .deleteFrom('sync_gap')
    .where('tenant', '=', tenant)
    .where('scope', '=', scope)
    .where('status', '=', status)
    .where('from_ms', '>=', inside.fromMs)
    .where('to_ms', '<=', inside.toMs)
    .where('noted_ms', '<', notedBeforeMs)
    .compile()
}
