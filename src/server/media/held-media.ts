/** The recordings that Hindsight holds, wherever their bytes lie: in a folder of this machine, or in a bucket. */
import type { FileHandle } from 'node:fs/promises'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { HeldBytes, HeldRecording } from '../store/engagement-writer.ts'
import type { ByteRange } from './byte-range.ts'

/** A recording's bytes, for reading. */
export interface OpenBytes {
  /** Of all of them. */
  readonly size: number
  /**
   * The bytes of a range, in pieces: all of them or an error, never fewer. A piece is read when it is asked for, so that
   * memory does not grow with the range, and it is the reader's until the next one is asked for.
   */
  read(range: ByteRange): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** A file that lies where recordings are held, whoever put it there. */
export interface LyingFile {
  /** Below the folder, or the prefix, with `/` between. One that ends with it is a folder that is not ours. */
  readonly name: string
  /** Bytes; of a folder none are counted. */
  readonly size: number
  /** When it was last written, by the clock of the machine that it lies on. */
  readonly writtenMs: EpochMs
  /** That it is gone is fine. */
  remove(): Promise<void>
}

/** Takes recordings in and finds them again. */
export interface HeldMedia {
  /**
   * Copies a file in; the copy appears whole or not at all, and beside those with other bytes: which of them is served says
   * the store. The recording's id follows from tenant, engagement and `name` alone, so that taking in the same again gives
   * the same address. Where files are not held (`EngagementWriter.holdFiles`) until the row that names it is written, it may be
   * gone by then, and has to be looked for while they are: `commitHeld` does that.
   * @param name the recording's own name, such as its relative `uri`
   * @param mediaType of its bytes, where that is known; absent: the name tells it
   * @throws when the file cannot be read, or is no kind of media that a browser plays (the message says which);
   *   MediaFailure when there is no keeping anything for now
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
   * A held recording's bytes; whoever opens them closes them.
   * @param signal aborted when nobody waits for them any more
   * @throws when they are gone or unreadable, are no plain file, or lie outside the folder by way of a link;
   *   MediaFailure of a bucket
   */
  open(tenant: string, recording: HeldRecording, signal?: AbortSignal): Promise<OpenBytes>
  /**
   * The same for whoever reads at once: a store elsewhere is not asked before. What is wrong shows with the first piece then.
   * @throws as `open` does, as far as it is known by then
   */
  openToRead(tenant: string, recording: HeldRecording, signal?: AbortSignal): Promise<OpenBytes>
  /**
   * The same as a file of this machine, to be read anywhere in it and more than once; whoever opens it closes it, and where it
   * was fetched for that, it is gone then.
   * @throws as `open` does
   */
  openFile(tenant: string, recording: HeldRecording): Promise<FileHandle>
  /** What was kept beside these bytes of a recording by `keepPeaks`; nothing where nothing was. */
  keptPeaks(tenant: string, bytes: HeldBytes): Promise<string | undefined>
  /** Keeps a text of how loud a recording is beside its bytes, whole or not at all; not where the bytes are gone. */
  keepPeaks(tenant: string, bytes: HeldBytes, text: string): Promise<void>
  /** Removes these bytes of a recording, and what is kept beside them; that there are none is fine. */
  remove(tenant: string, bytes: HeldBytes): Promise<void>
  /**
   * All files that lie there, read a few at a time; those of a tenant follow each other. What comes or goes meanwhile may be
   * among them, or not.
   * @throws when they cannot be listed; MediaFailure of a bucket
   */
  files(signal: AbortSignal): AsyncIterable<LyingFile>
  /** Lets go of connections. */
  close(): Promise<void>
}
