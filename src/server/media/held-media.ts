/** The folder of recordings that Hindsight holds. */
import type { FileHandle } from 'node:fs/promises'
import type { HeldBytes, HeldRecording } from '../store/engagement-writer.ts'

/** Takes files into the media folder and finds them again. One instance a data folder. */
export interface HeldMedia {
  /**
   * Copies a file in; the copy appears whole or not at all, and beside those with other bytes: which of them is served says
   * the store. The recording's id follows from tenant, engagement and `name` alone, so that taking in the same again gives
   * the same address.
   * @param name the recording's own name, such as its relative `uri`
   * @param mediaType of its bytes, where that is known; absent: the name tells it
   * @throws when the file cannot be read, or is no kind of media that a browser plays (the message says which)
   */
  takeIn(
    tenant: string,
    engagementId: string,
    name: string,
    file: string,
    mediaType?: string,
  ): Promise<HeldRecording>
  /** The id that `takeIn` gives. */
  idOf(tenant: string, engagementId: string, name: string): string
  /**
   * A held recording's bytes, for reading; whoever opens them closes them.
   * @throws when they are gone or unreadable, are no plain file, or lie outside the folder by way of a link
   */
  open(tenant: string, recording: HeldRecording): Promise<FileHandle>
  /** What was kept beside these bytes of a recording by `keepPeaks`; nothing where nothing was. */
  keptPeaks(tenant: string, bytes: HeldBytes): Promise<string | undefined>
  /** Keeps a text of how loud a recording is beside its bytes, whole or not at all; not where the bytes are gone. */
  keepPeaks(tenant: string, bytes: HeldBytes, text: string): Promise<void>
  /** Removes these bytes of a recording, and what is kept beside them, before it returns; that there are none is fine. */
  remove(tenant: string, bytes: HeldBytes): void
  /** The absolute path of a held recording's bytes. */
  pathOf(tenant: string, bytes: HeldBytes): string
}
