/** `hindsight restore --from FOLDER`: into a DATA_DIR that is empty or not there, or an empty PostgreSQL. */
import path from 'node:path'
import { databaseName, type Manifest, type NamedRecording, recordingsIn } from '../backup/backup-folder.ts'
import { UnfitBackup } from '../backup/checked-copies.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { restoreIntoPostgres } from '../backup/restore-into-postgres.ts'
import { openMedia } from '../media/open-media.ts'
import { severalAtOnce } from '../media/several-at-once.ts'
import { MoveRefusal } from '../store/history/history.ts'
import { MoveDifference } from '../store/history/move-history.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'
import { createMoveProgress } from './move-progress.ts'
import { readOptions } from './options.ts'

export const restoreCommand: Command = async (args, context) => {
  const options = readOptions(args, ['from'])
  if (!options.from) throw new UsageError('--from needs the folder of a backup')
  const from = path.resolve(options.from)
  const { config, stdout, stderr, signal } = context
  const what = config.database === undefined ? config.dataDir : `The database ${config.database.database}`
  try {
    const { madeAt, recordings } = await restore(from, context)
    if (recordings.in === 'folder') {
      stdout.write(`${what}: as of ${madeAt}, with ${recordings.count} recordings\n`)
      return 0
    }
    const { there, missing } = await lookIntoBucket(from, context)
    stdout.write(`${what}: as of ${madeAt}; ${there} recordings are in the bucket, ${missing} missing\n`)
    return missing === 0 ? 0 : 1
  } catch (error) {
    if (error instanceof UnfitBackup || error instanceof MoveRefusal) stderr.write(`${error.message}\n`)
    else if (error instanceof MoveDifference)
      stderr.write(`The restored history is not the same, and is not served:\n${error.message}\n`)
    else if (signal.aborted) stderr.write('Interrupted: what was restored is not served\n')
    else throw error
    return 1
  }
}

async function restore(from: string, { config, stdout, stderr, signal }: CommandContext): Promise<Manifest> {
  const { dataDir, database, recordings } = config
  const place = recordings.kind
  if (database === undefined) return restoreBackup(from, dataDir, place, signal)
  const { done, ...progress } = createMoveProgress(stderr, 'restoring')
  try {
    const manifest = await restoreIntoPostgres(from, { database, dataDir, place, progress, signal })
    if (manifest.secret !== undefined)
      stdout.write('The session secret stays in the backup: here it is the one of SESSION_SECRET\n')
    return manifest
  } finally {
    done()
  }
}

/** Bytes in a bucket are not in a backup: whether they are there, with their size, is told by asking for each. */
async function lookIntoBucket(from: string, { config, stderr, signal }: CommandContext) {
  const media = await openMedia(config)
  const counts = { there: 0, missing: 0 }
  const look = async (recording: NamedRecording) => {
    try {
      await (await media.open(recording.tenant, recording)).close()
      counts.there++
    } catch (error) {
      counts.missing++
      const why = error instanceof Error ? error.message : error
      stderr.write(`The recording ${recording.id} of ${recording.tenant} cannot be had: ${why}\n`)
    }
  }
  try {
    await severalAtOnce(recordingsIn(path.join(from, databaseName)), look, signal)
    return counts
  } finally {
    await media.close()
  }
}
