/** Which recordings were played lately, and by whom, so that a play is one record in the audit however often its bytes are asked for. */
import type { EpochMs } from '../../contract/query/instant.ts'

const playMs = 3600 * 1000
const keptPlays = 10_000

export interface RecentPlays {
  /** @param key of a person and a recording */
  has(key: string, atMs: EpochMs): boolean
  /** That there is a record now. */
  note(key: string, atMs: EpochMs): void
}

export function createRecentPlays(): RecentPlays {
  const lastMs = new Map<string, EpochMs>()
  return {
    has: (key, atMs) => atMs - (lastMs.get(key) ?? 0) < playMs,
    note(key, atMs) {
      lastMs.delete(key)
      const [oldest] = lastMs.keys()
      if (lastMs.size >= keptPlays && oldest !== undefined) lastMs.delete(oldest)
      lastMs.set(key, atMs)
    },
  }
}
