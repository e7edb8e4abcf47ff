/** How engagements enter the store, whoever brings them: import, demo, sync. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { SyncChange } from './sync-changes.ts'

/** A recording whose bytes we hold, to be served by us. */
export interface HeldRecording {
  /** Unique in the tenant; the last part of its address. */
  readonly id: string
  /** Media type of the file, such as `audio/webm`. */
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the bytes, hexadecimal: the strong ETag. */
  readonly sha256: string
}

/** An engagement with its id; the `uri` of each held recording is already our address of it. */
export interface IncomingEngagement {
  readonly engagement: EngagementV1 & { readonly id: string }
  readonly held: readonly HeldRecording[]
  /** It has arrived before, in another store, and is moved here; absent: it arrives now. */
  readonly moved?: KeptEngagement
}

/** An engagement as a store has it. */
export interface KeptEngagement {
  /** By which it arrived: of two in a tenant, the later one's is greater. */
  readonly key: number
  /** Its JSON text, byte for byte. */
  readonly doc: string
}

export interface BatchCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** Who has an engagement removed, for the audit. */
export interface Removal {
  readonly atMs: EpochMs
  readonly subject: string | undefined
  readonly address: string
}

/** Which bytes of a recording: what their file is named by. */
export type HeldBytes = Pick<HeldRecording, 'id' | 'sha256'>

export interface LeftFile extends HeldBytes {
  readonly tenant: string
}

export interface EngagementWriter {
  /**
   * Adds or replaces engagements by id, all of them in one transaction: after it returns they survive a crash, and before
   * that none of them is there. Writing the same again changes nothing. An id twice in a batch: the later one stays.
   * The file of a recording that has other bytes by then is among the `leftFiles`.
   * What is moved keeps its key and its document, and is no arrival: whoever moves it moves the arrivals too.
   * @param alongside committed with the batch
   */
  write(
    tenant: string,
    batch: readonly IncomingEngagement[],
    alongside?: readonly SyncChange[],
  ): Promise<BatchCounts>
  /**
   * Removes an engagement for privacy's sake: its document, its part in every list, count and suggestion, and the rows of
   * its recordings, and leaves an audit record, all in one transaction.
   * The files of its recordings are then among the `leftFiles`.
   * @returns whether there was such an engagement
   */
  remove(tenant: string, id: string, removal: Removal): Promise<boolean>
  /**
   * From before it is looked whether the bytes of a recording are there until the row that names them is written: meanwhile no left
   * file is removed, by any process (`file-lock.ts` has the reasons). Not to be held for longer than it takes.
   * @returns what lets go; a second call does nothing
   */
  holdFiles(): Promise<() => void>
  /**
   * Runs an act while nobody holds files, so that a file which no row names by then is about to be named by nobody. Whoever
   * would hold files waits for it: it takes no longer than it must.
   * @returns false, without having run it: files were held for all the time that is waited for
   */
  whileUnheld(act: () => Promise<void>): Promise<boolean>
  /** Files of removed or changed recordings that have yet to go. */
  leftFiles(): Promise<readonly LeftFile[]>
  /**
   * Removes one of them, while nobody holds files: one that has been taken in anew by then stays, and is no left file.
   * @returns `later`: files were held for all the time that is waited for; it stays among the left files
   * @throws what `remove` does; the file is tried again later then
   */
  clearLeftFile(file: LeftFile, remove: () => Promise<void>): Promise<'cleared' | 'later'>
}
