/** One file's engagements into the store: read as a stream, written in batches, rejects told apart. */

import { commitHeld, type TakenIn } from '../media/commit-held.ts'
import type { BatchCounts, EngagementWriter } from '../store/engagement-writer.ts'
import { cutElements } from './cut-elements.ts'
import { type Identified, type Reject, readRow } from './read-row.ts'
import { type RecordingIntake, takeRecordings, UnusableRecording } from './take-recordings.ts'

/** Large, because the indexes of people are written all over: the more rows a commit has, the more share a page. */
const batchRows = 10_000
/** What a batch may hold of text and of recordings, so that large engagements do not add up, nor what a kill leaves behind. */
const batchBytes = 16 * 1024 * 1024
/** Each is looked at while files are held, and whoever wants to remove others waits for that. */
const batchRecordings = 1000

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
  let batch: Row[] = []
  let bytes = 0
  let recordings = 0
  const reject = async (row: Reject) => {
    counts.rejected++
    await target.reject(row)
  }
  const take = async (came: Came): Promise<Row | undefined> => {
    try {
      const taken = await takeRecordings(came.engagement, target)
      // Its row as it came is held on to for no more rows than need it.
      return taken.held.length === 0 ? taken : { ...taken, came }
    } catch (error) {
      if (!(error instanceof UnusableRecording)) throw error
      await reject({ line: came.line, reason: error.message, row: came.row })
      return undefined
    }
  }
  const again = async ({ came }: Row) => came && take(came)
  const flush = async () => {
    if (batch.length === 0) return
    const { tenant, writer } = target
    const { added, changed, unchanged } = await commitHeld(batch, { ...target, again }, (rows) =>
      writer.write(tenant, rows),
    )
    counts.added += added
    counts.changed += changed
    counts.unchanged += unchanged
    batch = []
    bytes = 0
    recordings = 0
    target.progress(counts.added + counts.changed + counts.unchanged + counts.rejected)
  }

  for await (const elements of cutElements(chunks)) {
    for (const element of elements) {
      const reading = readRow(element)
      if ('reject' in reading) {
        await reject(reading.reject)
        continue
      }
      const row = await take({ ...reading, line: element.line })
      if (row !== undefined) batch.push(row)
      for (const { size } of row?.held ?? []) bytes += size
      recordings += row?.held.length ?? 0
      bytes += element.kind === 'text' ? element.bytes.length : 0
      if (batch.length >= batchRows || bytes >= batchBytes || recordings >= batchRecordings) await flush()
    }
    if (target.signal.aborted) {
      counts.interrupted = true
      break
    }
  }
  await flush()
  return counts
}

/** A row as it was read. */
interface Came {
  readonly engagement: Identified
  readonly row: unknown
  readonly line: number
}

interface Row extends TakenIn {
  readonly came?: Came
}
