/** Files of recordings that were removed or have other bytes now: after the commit, and again later where that failed or the process died before. */
import { SourceFailure } from '../source/source-failure.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'
import { MediaFailure } from './media-failure.ts'

type LeftFiles = Pick<EngagementWriter, 'leftFiles' | 'clearLeftFile'>

/** They stay for now. */
class FilesHeld extends Error {
  constructor() {
    super('recordings are being taken in or backed up, and nothing is removed meanwhile')
  }
}

/**
 * @param failed told of each file that could not be removed; it is tried again the next time
 * @returns `later`: the others would fare no better now, since files are held, or nobody can be asked to remove them
 */
export async function removeLeftFiles(
  writer: LeftFiles,
  media: Pick<HeldMedia, 'remove'>,
  failed: (error: unknown) => void,
): Promise<'done' | 'later'> {
  for (const file of await writer.leftFiles()) {
    try {
      const cleared = await writer.clearLeftFile(file, () => media.remove(file.tenant, file))
      if (cleared === 'later') {
        failed(new FilesHeld())
        return 'later'
      }
    } catch (error) {
      failed(error)
      if (isPassing(error)) return 'later'
    }
  }
  return 'done'
}

function isPassing(error: unknown): boolean {
  return error instanceof SourceFailure || (error instanceof MediaFailure && error.kind === 'unavailable')
}

export interface LeftFileRemoval {
  /**
   * Removes what is left, and from then on, within an hour, what others leave; what has to wait again and again, until it need
   * not. Never throws.
   */
  run(): Promise<void>
  /** No more of that. */
  end(): void
}

const againAfterMs = 30_000
/** Imports and whoever detaches a month of a PostgreSQL leave files as well, and tell nobody. */
const lookAgainMs = 3_600_000

/** For a process that stays: a removal for privacy's sake does not wait for the next start. */
export function createLeftFileRemoval(
  writer: LeftFiles,
  media: Pick<HeldMedia, 'remove'>,
  failed: (error: unknown) => void,
): LeftFileRemoval {
  let timer: NodeJS.Timeout | undefined
  let ended = false
  let waits = false
  let underWay: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const removeOnce = async () => {
    // Of what can wait, whoever asked first has been told.
    const tell = waits ? untilUnheld(failed) : failed
    const outcome = await removeLeftFiles(writer, media, tell).catch((error: unknown) => {
      tell(error)
      return 'later' as const
    })
    waits = outcome === 'later'
    clearTimeout(timer)
    if (!ended) timer = setTimeout(run, waits ? againAfterMs : lookAgainMs).unref()
  }
  // One after the other: one that ends well must not end the waiting of another that did not.
  const run = () => {
    // Whoever comes before it begins is served by it as well.
    next ??= underWay.then(() => {
      next = undefined
      underWay = removeOnce()
      return underWay
    })
    return next
  }
  return {
    run,
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}

function untilUnheld(failed: (error: unknown) => void) {
  return (error: unknown) => {
    if (!(error instanceof FilesHeld)) failed(error)
  }
}
