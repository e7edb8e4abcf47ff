/**
 * Committing rows that name recordings. Bytes are taken in before, while nobody waits for it, however slow the place is that
 * they come from or go to. Files are held for the commit alone: by then it is looked at again whether they are there, since they
 * may have been removed meanwhile, as those that nobody names.
 */
import type { EngagementWriter, HeldRecording, IncomingEngagement } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'
import { MediaFailure } from './media-failure.ts'
import { severalAtOnce } from './several-at-once.ts'

export interface TakenIn extends IncomingEngagement {
  /** Of those that are held, what rows named already when it was looked for. */
  readonly known: readonly HeldRecording[]
  /** Of those that are held, what was not there, nor to be had: it is not looked for again. */
  readonly lost?: readonly HeldRecording[]
}

export interface HeldCommit<Row extends TakenIn> {
  readonly tenant: string
  readonly writer: Pick<EngagementWriter, 'holdFiles'>
  readonly media: Pick<HeldMedia, 'open'>
  findRecording(tenant: string, recordingId: string): Promise<HeldRecording | undefined>
  /** Takes in anew what is gone by now, while files are held. @returns undefined: it cannot be had any more */
  again(row: Row): Promise<Row | undefined>
}

/**
 * @param commit given the rows in their order, with nothing that is gone
 * @throws what `again` and `commit` do; MediaFailure when it cannot be found out whether files are there
 */
export async function commitHeld<Row extends TakenIn, Result>(
  rows: readonly Row[],
  { tenant, writer, media, findRecording, again }: HeldCommit<Row>,
  commit: (rows: readonly Row[]) => Promise<Result>,
): Promise<Result> {
  const naming = rows.filter(({ held }) => held.length > 0)
  if (naming.length === 0) return commit(rows)
  const release = await writer.holdFiles()
  try {
    const gone = new Set<Row>()
    await severalAtOnce(naming, async (row) => {
      if (!(await isWhole(row))) gone.add(row)
    })
    if (gone.size === 0) return await commit(rows)
    const whole: Row[] = []
    for (const row of rows) {
      const taken = gone.has(row) ? await again(row) : row
      if (taken !== undefined) whole.push(taken)
    }
    return await commit(whole)
  } finally {
    release()
  }

  async function isWhole({ held, known, lost }: Row): Promise<boolean> {
    for (const { id, sha256 } of known) if ((await findRecording(tenant, id))?.sha256 !== sha256) return false
    for (const recording of held)
      if (!lost?.includes(recording) && !(await isThere(media, tenant, recording))) return false
    return true
  }
}

/** Somebody may have removed files by hand. @throws MediaFailure when that cannot be found out for now */
export async function isThere(
  media: Pick<HeldMedia, 'open'>,
  tenant: string,
  recording: HeldRecording,
): Promise<boolean> {
  try {
    const file = await media.open(tenant, recording)
    await file.close()
    return true
  } catch (error) {
    if (error instanceof MediaFailure && error.kind !== 'missing' && error.kind !== 'damaged') throw error
    return false
  }
}
