/** For connections that do not wait by themselves: a wait inside of SQLite would hold up the whole process. */
import { setTimeout as delay } from 'node:timers/promises'

const retryMs = 50
/** As long as any other writer waits for its turn. */
const longestWaitMs = 5000

/** Runs a write when no other process is writing. @throws its error, when others write for too long as well */
export async function whenFree<T>(write: () => T): Promise<T> {
  const lastMs = Date.now() + longestWaitMs
  for (;;) {
    try {
      return write()
    } catch (error) {
      if (!isBusy(error) || Date.now() > lastMs) throw error
    }
    await delay(retryMs)
  }
}

/** https://www.sqlite.org/rescode.html#busy, extended codes included. */
export function isBusy(error: unknown): boolean {
  const busy = 5
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy
}
