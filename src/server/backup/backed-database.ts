/** What a backup is made from: the database of a data folder or a PostgreSQL, as one file of the embedded engine. */
import { access } from 'node:fs/promises'
import path from 'node:path'
import type { PostgresSettings } from '../store/engine/postgres/settings.ts'
import { copyDatabase, makeOneFile } from '../store/engine/sqlite/copy-database.ts'
import { sqliteFileLock } from '../store/engine/sqlite/sqlite-file-lock.ts'
import type { Shifts } from '../store/history/keys-less.ts'
import { type MoveProgress, moveHistory } from '../store/history/move-history.ts'
import { databaseName } from './backup-folder.ts'

export interface BackedDatabase {
  /** @returns why there is nothing to be backed up; nothing: there is */
  whyNone(): Promise<string | undefined>
  /** Until it is let go no bytes of recordings are removed. */
  holdFiles(): Promise<() => void | Promise<void>>
  /**
   * All of it, as of one moment while others write, into a folder that has no database yet: on the disk when this returns.
   * @returns what keys of engagements are greater by there
   */
  copyInto(folder: string, signal: AbortSignal): Promise<Shifts>
}

export function embeddedDatabase(dataDir: string): BackedDatabase {
  const file = path.join(dataDir, databaseName)
  return {
    whyNone: () =>
      access(file).then(
        () => undefined,
        () => `There is no database in ${dataDir}`,
      ),
    holdFiles: () => sqliteFileLock(dataDir).hold(),
    async copyInto(folder) {
      await copyDatabase(file, path.join(folder, databaseName))
      return new Map()
    },
  }
}

/** It goes through what a move goes through, and is read again on both sides as one is. */
export function postgresDatabase(settings: PostgresSettings, progress: MoveProgress): BackedDatabase {
  // Loaded where there is one: its driver takes memory.
  const history = () => import('../store/engine/postgres/history.ts')
  return {
    whyNone: async () => undefined,
    holdFiles: async () => (await history()).holdPostgresFiles(settings),
    async copyInto(folder, signal) {
      const { openSqliteTarget } = await import('../store/engine/sqlite/history.ts')
      const source = await (await history()).openPostgresSnapshot(settings)
      const target = await openSqliteTarget(folder)
      const moved = await moveHistory(source.reader, target, { progress, signal }).finally(async () => {
        await target.close()
        await source.close()
      })
      await makeOneFile(path.join(folder, databaseName))
      return new Map(moved.map(({ name, shift }) => [name, shift]))
    },
  }
}
