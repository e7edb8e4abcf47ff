/** Removes files of recordings that no row names, so that no import loses one by it. */
import type { StoreCheck } from '../store/check/store-check.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import { MediaFailure } from './media-failure.ts'
import { severalAtOnce } from './several-at-once.ts'
import { stillUnnamed, type UnnamedFile } from './unnamed-files.ts'

interface RemovingStore {
  readonly check: Pick<StoreCheck, 'named'>
  readonly writer: Pick<EngagementWriter, 'whileUnheld'>
}

interface Removed {
  readonly removed: readonly UnnamedFile[]
  /** How many a row names by now: they stay. */
  readonly named: number
  /** Why others are still there, each for one of them or for all the rest. */
  readonly failures: readonly unknown[]
  /** All the rest would fare no better now: files are held, or nobody can be asked to remove them. */
  readonly later: boolean
}

/** Whoever takes recordings in waits for so many. */
const removedAtOnce = 100

/**
 * @param files of the tenant
 * @throws what reading rows does; the signal's reason once it is aborted
 */
export async function removeUnnamed(
  { check, writer }: RemovingStore,
  tenant: string,
  files: readonly UnnamedFile[],
  signal: AbortSignal,
): Promise<Removed> {
  const removed: UnnamedFile[] = []
  const failures: unknown[] = []
  let [named, later] = [0, false]
  const remove = async (file: UnnamedFile) => {
    if (later) return
    try {
      for (const one of file.files) await one.remove()
      removed.push(file)
    } catch (error) {
      failures.push(error)
      later ||= error instanceof MediaFailure && error.kind === 'unavailable'
    }
  }
  for (let at = 0; at < files.length && !later; at += removedAtOnce) {
    signal.throwIfAborted()
    const some = files.slice(at, at + removedAtOnce)
    const unheld = await writer.whileUnheld(async () => {
      const still = await stillUnnamed(check, tenant, some)
      named += some.length - still.length
      await severalAtOnce(still, remove, signal)
    })
    if (!unheld) {
      failures.push(new Error('recordings are being taken in or backed up, and nothing is removed meanwhile'))
      later = true
    }
  }
  return { removed, named, failures, later }
}
