/** For connections that do not wait by themselves: a wait inside of SQLite would hold up the whole process. */
import { setTimeout as delay } from 'node:timers/promises'
import { SourceFailure } from '../../../source/source-failure.ts'

const retryMs = 50
/** As long as any other writer waits for its turn. */
const longestWaitMs = 5000
const comeBackMs = 1000

/** Runs a write when no other process is writing. @throws its error; SourceFailure when others write for too long */
export async function whenFree<T>(write: () => T): Promise<T> {
  const lastMs = Date.now() + longestWaitMs
  for (;;) {
    try {
      return write()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (Date.now() > lastMs)
        throw new SourceFailure('no-database', 'another process writes to the database for too long', {
          retryAfterMs: comeBackMs,
          cause: error,
        })
    }
    await delay(retryMs)
  }
}

/** https://www.sqlite.org/rescode.html#busy, extended codes included. */
export function isBusy(error: unknown): boolean {
  const busy = 5
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy
}
