/** One sync a data folder: two would write into the same half recordings. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * The lock is one that the system takes away with the process, however that ends.
 * @returns what lets go of it; undefined: another process has it
 */
export async function oneAtATime(dataDir: string): Promise<(() => void) | undefined> {
  const folder = path.join(dataDir, 'sync')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(path.join(folder, 'lock.db'), { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined
    throw error
  }
  return () => database.close()
}

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5
