/** `hindsight backup --to FOLDER [--with-secret] [--copy]` */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BackupRefusal, makeBackup } from '../backup/make-backup.ts'
import { type Command, UsageError } from './command.ts'

export const backupCommand: Command = async (args, { config, stdout, stderr, signal }) => {
  const { to, secret, bytes: kept } = readOptions(args)
  const { dataDir, recordings: place } = config
  try {
    const recordings = await makeBackup({
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
    if (!(error instanceof BackupRefusal || signal.aborted)) throw error
    stderr.write(`${error instanceof BackupRefusal ? error.message : 'Interrupted: there is no backup'}\n`)
    return 1
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
