/** `hindsight restore --from FOLDER`: into a DATA_DIR that is empty or not there. */
import path from 'node:path'
import { databaseName, recordingsIn } from '../backup/backup-folder.ts'
import { restoreBackup, UnfitBackup } from '../backup/restore-backup.ts'
import { openMedia } from '../media/open-media.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'
import { readOptions } from './options.ts'

export const restoreCommand: Command = async (args, context) => {
  const { from } = readOptions(args, ['from'])
  if (!from) throw new UsageError('--from needs the folder of a backup')
  const { config, stdout, stderr, signal } = context
  try {
    const { madeAt, recordings } = await restoreBackup(
      path.resolve(from),
      config.dataDir,
      config.recordings.kind,
      signal,
    )
    if (recordings.in === 'folder') {
      stdout.write(`${config.dataDir}: as of ${madeAt}, with ${recordings.count} recordings\n`)
      return 0
    }
    const { there, missing } = await lookIntoBucket(context)
    stdout.write(
      `${config.dataDir}: as of ${madeAt}; ${there} recordings are in the bucket, ${missing} missing\n`,
    )
    return missing === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof UnfitBackup || signal.aborted)) throw error
    stderr.write(`${error instanceof UnfitBackup ? error.message : 'Interrupted'}\n`)
    return 1
  }
}

const askedAtOnce = 16

/** Bytes in a bucket are not in a backup: whether they are there, with their size, is told by asking for each. */
async function lookIntoBucket({ config, stderr, signal }: CommandContext) {
  const media = await openMedia(config)
  const counts = { there: 0, missing: 0 }
  const underWay = new Set<Promise<void>>()
  try {
    for (const recording of recordingsIn(path.join(config.dataDir, databaseName))) {
      signal.throwIfAborted()
      const look = async () => {
        try {
          await (await media.open(recording.tenant, recording)).close()
          counts.there++
        } catch (error) {
          counts.missing++
          const why = error instanceof Error ? error.message : error
          stderr.write(`The recording ${recording.id} of ${recording.tenant} cannot be had: ${why}\n`)
        }
      }
      const asked = look().finally(() => underWay.delete(asked))
      underWay.add(asked)
      if (underWay.size >= askedAtOnce) await Promise.race(underWay)
    }
    await Promise.all(underWay)
    return counts
  } finally {
    await media.close()
  }
}
