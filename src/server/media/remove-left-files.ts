/** Files of recordings that were removed or have other bytes now: after the commit, and again later where that failed or the process died before. */
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'

/** The others are tried again the next time. */
class FilesHeld extends Error {
  constructor() {
    super('recordings are being taken in or backed up; who does so removes it at the end')
  }
}

/**
 * @param failed told of each file that could not be removed; it is tried again the next time. A FilesHeld is told once, of all
 *   that are left then.
 */
export async function removeLeftFiles(
  writer: Pick<EngagementWriter, 'leftFiles' | 'clearLeftFile'>,
  media: HeldMedia,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const file of await writer.leftFiles()) {
    try {
      const done = await writer.clearLeftFile(file, () => media.remove(file.tenant, file))
      if (done === 'later') return failed(new FilesHeld())
    } catch (error) {
      failed(error)
    }
  }
}
