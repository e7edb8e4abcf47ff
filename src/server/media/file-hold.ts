/** Holding files for one batch: from its first recording to its commit. */
import type { EngagementWriter } from '../store/engagement-writer.ts'

export interface FileHold {
  /** Does nothing while they are held already. */
  begin(): Promise<void>
  readonly held: boolean
  end(): void
}

export function fileHold(writer: Pick<EngagementWriter, 'holdFiles'>): FileHold {
  let release: (() => void) | undefined
  return {
    async begin() {
      release ??= await writer.holdFiles()
    },
    get held() {
      return release !== undefined
    },
    end() {
      release?.()
      release = undefined
    },
  }
}
