/** From which starts a sync looks again at what it has walked already. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { SyncState, WalkKey } from '../store/sync-state.ts'

const hourMs = 3_600_000

/** An upstream may list what has ended a while later, and go by another clock. */
export const overlapMs = 24 * hourMs

/** Calls that never end are a host's mistake; one that lasts longer than this is found again when it has ended. */
const longestOpenMs = 7 * 24 * hourMs

/**
 * A day before the last whole walk began, or where the first engagement since a week before it started that was still open.
 * @returns a whole second
 */
export async function lookAgainFrom(
  key: WalkKey,
  wholeMs: EpochMs,
  state: Pick<SyncState, 'firstOpen'>,
): Promise<EpochMs> {
  const openMs = await state.firstOpen(key, wholeMs - longestOpenMs)
  return Math.floor(Math.min(wholeMs - overlapMs, openMs ?? wholeMs) / 1000) * 1000
}
