/** The `FileLock` of a data folder: two small databases, for the locks that SQLite has on them. */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import type { FileLock } from '../../file-lock.ts'

interface Patience {
  /** For holders, before an act is put off. */
  readonly unheldMs: number
  /** For an act, before who would hold files gives up. */
  readonly holdMs: number
}

const patience: Patience = { unheldMs: 5_000, holdMs: 120_000 }
const lookAgainMs = 5

/** https://www.sqlite.org/lockingv3.html: any number of shared locks, or one exclusive. */
const statements = {
  shared: 'begin; select count(*) from sqlite_master',
  exclusive: 'begin exclusive',
} as const

export function sqliteFileLock(dataDir: string, { unheldMs, holdMs }: Patience = patience): FileLock {
  const held = path.join(dataDir, 'recordings-held.db')
  /** Passed one at a time on the way to `held`: who waits in it is not overtaken. */
  const queue = path.join(dataDir, 'recordings-queue.db')
  const inQueue = async <T>(waitMs: number, act: () => Promise<T>): Promise<T | undefined> => {
    const leave = await lock(queue, 'exclusive', waitMs)
    if (leave === undefined) return undefined
    try {
      return await act()
    } finally {
      leave()
    }
  }
  return {
    async hold() {
      const release = await inQueue(holdMs, () => lock(held, 'shared', holdMs))
      if (release === undefined) throw new Error('Files of recordings are being removed, without an end')
      return release
    },
    async whileUnheld(act) {
      const done = await inQueue(unheldMs, async () => {
        const release = await lock(held, 'exclusive', unheldMs)
        if (release === undefined) return false
        try {
          await act()
          return true
        } finally {
          release()
        }
      })
      return done ?? false
    },
  }
}

/** @returns what lets go; undefined: others had it for all that time */
async function lock(
  file: string,
  kind: keyof typeof statements,
  waitMs: number,
): Promise<(() => void) | undefined> {
  const database = new DatabaseSync(file, { timeout: 0 })
  const close = () => {
    if (database.isOpen) database.close()
  }
  try {
    const untilMs = performance.now() + waitMs
    while (!locked(database, kind)) {
      if (performance.now() > untilMs) {
        close()
        return undefined
      }
      await setTimeout(lookAgainMs)
    }
    return close
  } catch (error) {
    close()
    throw error
  }
}

function locked(database: DatabaseSync, kind: keyof typeof statements): boolean {
  try {
    database.exec(statements[kind])
    return true
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false
    throw error
  }
}

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5
