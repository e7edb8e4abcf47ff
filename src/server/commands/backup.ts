/** `hindsight backup --to FOLDER [--with-secret] [--copy]` */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { embeddedDatabase, postgresDatabase } from '../backup/backed-database.ts'
import { BackupRefusal, makeBackup } from '../backup/make-backup.ts'
import { MoveRefusal } from '../store/history/history.ts'
import { MoveDifference } from '../store/history/move-history.ts'
import { type Command, UsageError } from './command.ts'
import { createMoveProgress } from './move-progress.ts'

export const backupCommand: Command = async (args, { config, stdout, stderr, signal }) => {
  const { to, secret, bytes: kept } = readOptions(args)
  const { dataDir, recordings: place, database: postgres } = config
  const { done, ...progress } = createMoveProgress(stderr, 'copying')
  try {
    if (secret === 'taken along' && config.sessionSecret !== undefined)
      throw new BackupRefusal('The session secret is the one of SESSION_SECRET: keep it with the settings')
    const recordings = await makeBackup({
      database: postgres === undefined ? embeddedDatabase(dataDir) : postgresDatabase(postgres, progress),
      dataDir,
      recordings: place,
      to,
      secret,
      bytes: kept,
      signal,
      missing({ tenant, id }, why) {
        stderr.write(`The recording ${id} of ${tenant} is not in the backup: ${why}\n`)
      },
    })
    if (recordings.in === 'bucket') {
      stdout.write(`${to}: the database; recordings are in ${recordings.url}\n`)
      return 0
    }
    const { count, bytes, missing } = recordings
    stdout.write(`${to}: the database, ${count} recordings of ${bytes} bytes, ${missing} missing\n`)
    return missing === 0 ? 0 : 1
  } catch (error) {
    const refused =
      error instanceof BackupRefusal || error instanceof MoveRefusal || error instanceof MoveDifference
    if (!(refused || signal.aborted)) throw error
    stderr.write(`${refused ? error.message : 'Interrupted: there is no backup'}\n`)
    return 1
  } finally {
    done()
  }
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { to: { type: 'string' }, 'with-secret': { type: 'boolean' }, copy: { type: 'boolean' } },
    })
    if (!values.to) throw new UsageError('--to needs a folder that is not there yet')
    const secret = values['with-secret'] ? 'taken along' : 'kept out'
    const bytes = values.copy ? 'copied' : 'linked'
    return { to: path.resolve(values.to), secret, bytes } as const
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(error instanceof Error ? error.message : String(error))
  }
}
