/** `hindsight check [--repair]`: proves that what is kept beside the engagements is as they are, and makes it so. */
import { parseArgs } from 'node:util'
import { checkFiles } from '../media/check-files.ts'
import { checkRecordings } from '../media/check-recordings.ts'
import { openMedia } from '../media/open-media.ts'
import { openStore } from '../store/open-store.ts'
import { type Command, UsageError } from './command.ts'

export const checkCommand: Command = async (args, { config, stdout, signal }) => {
  const repair = readRepair(args)
  const store = await openStore(config)
  const media = await openMedia(config)
  try {
    const found = await store.check.findings(signal)
    for (const { text } of found) stdout.write(`${text}\n`)
    const recordings = await checkRecordings(store.check.recordings(), media, signal)
    for (const text of recordings) stdout.write(`${text}\n`)
    const mended = repair ? found.filter((finding) => finding.repair !== undefined) : []
    if (mended.length > 0)
      for (const text of await store.check.repair(mended, signal)) stdout.write(`${text}\n`)
    const files = await checkFiles(store, media, { repair, nowMs: Date.now(), signal })
    for (const text of files.told) stdout.write(`${text}\n`)
    const left = found.length + recordings.length - mended.length
    const repaired = mended.length + files.settled
    if (left + files.left === 0)
      stdout.write(repaired === 0 ? 'Nothing is wrong\n' : 'All of it is repaired\n')
    else if (repair && left > 0) stdout.write(`${left} of these cannot be repaired from the rows\n`)
    return left + files.left === 0 ? 0 : 1
  } finally {
    await media.close()
    await store.close()
  }
}

/** @throws UsageError */
function readRepair(args: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...args], options: { repair: { type: 'boolean' } } }).values.repair ?? false
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
