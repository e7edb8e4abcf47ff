/** Files of recordings that were removed or have other bytes now: after the commit, and again later where that failed or the process died before. */
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'

/** @param failed told of each file that could not be removed; it is tried again the next time */
export async function removeLeftFiles(
  writer: Pick<EngagementWriter, 'leftFiles' | 'clearLeftFile'>,
  media: HeldMedia,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const file of await writer.leftFiles()) {
    try {
      await writer.clearLeftFile(file, () => media.remove(file.tenant, file))
    } catch (error) {
      failed(error)
    }
  }
}
