/** One file's engagements into the store: read as a stream, written in batches, rejects told apart. */

import { fileHold } from '../media/file-hold.ts'
import type { BatchCounts, EngagementWriter, IncomingEngagement } from '../store/engagement-writer.ts'
import { cutElements } from './cut-elements.ts'
import { type Identified, type Reject, readRow } from './read-row.ts'
import { type RecordingIntake, takeRecordings, UnusableRecording } from './take-recordings.ts'

/** Large, because the indexes of people are written all over: the more rows a commit has, the more share a page. */
const batchRows = 10_000
/**
 * What a batch may hold of text, so that large engagements do not add up, and of recordings, so that those who wait to remove
 * others do not wait for long.
 */
const batchBytes = 16 * 1024 * 1024

export interface ImportCounts extends BatchCounts {
  readonly rejected: number
  /** The signal came before the file's end. */
  readonly interrupted: boolean
}

export interface ImportTarget extends RecordingIntake {
  readonly writer: EngagementWriter
  reject(reject: Reject): Promise<void>
  /** Told after every batch. */
  progress(rows: number): void
  readonly signal: AbortSignal
}

/** Every batch that was written stays, whatever comes after it. */
export async function importEngagements(
  chunks: AsyncIterable<Buffer>,
  target: ImportTarget,
): Promise<ImportCounts> {
  const counts = { added: 0, changed: 0, unchanged: 0, rejected: 0, interrupted: false }
  let batch: IncomingEngagement[] = []
  let bytes = 0
  const hold = fileHold(target.writer)
  const flush = async () => {
    if (batch.length === 0) return hold.end()
    const { added, changed, unchanged } = await target.writer.write(target.tenant, batch)
    hold.end()
    counts.added += added
    counts.changed += changed
    counts.unchanged += unchanged
    batch = []
    bytes = 0
    target.progress(counts.added + counts.changed + counts.unchanged + counts.rejected)
  }
  const reject = async (row: Reject) => {
    counts.rejected++
    await target.reject(row)
  }

  try {
    for await (const elements of cutElements(chunks)) {
      for (const element of elements) {
        const reading = readRow(element)
        if ('reject' in reading) {
          await reject(reading.reject)
          continue
        }
        try {
          if (hasRecordings(reading.engagement)) await hold.begin()
          const taken = await takeRecordings(reading.engagement, target)
          batch.push(taken)
          bytes += taken.held.reduce((sum, { size }) => sum + size, 0)
        } catch (error) {
          if (!(error instanceof UnusableRecording)) throw error
          await reject({ line: element.line, reason: error.message, row: reading.row })
        }
        bytes += element.kind === 'text' ? element.bytes.length : 0
        if (batch.length >= batchRows || bytes >= batchBytes) await flush()
      }
      // The source may take as long as it likes: meanwhile nobody who wants to remove others waits.
      if (hold.held) await flush()
      if (target.signal.aborted) {
        counts.interrupted = true
        break
      }
    }
    await flush()
    return counts
  } finally {
    hold.end()
  }
}

function hasRecordings({ recordings }: Identified): boolean {
  return recordings !== undefined && recordings.length > 0
}
