/** Stores over data of a test's own, on either engine: for what has to hold on both. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore, type Store } from '../store/open-store.ts'
import { createTestDatabase, type TestDatabase } from './postgres/test-database.ts'

export const engines = ['embedded', 'PostgreSQL'] as const
export type Engine = (typeof engines)[number]

export interface TestStores {
  /** Another one over the same data, as another process has it; to be closed by whoever asked. */
  open(failed?: (error: unknown) => void): Promise<Store>
  /** Of the recordings, and of the embedded database. */
  readonly folder: string
  /** Undefined: the embedded one. */
  readonly database: TestDatabase | undefined
  /** To be called when all are closed. */
  drop(): Promise<void>
}

export async function createTestStores(engine: Engine): Promise<TestStores> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const database = engine === 'embedded' ? undefined : await createTestDatabase()
  return {
    folder,
    database,
    open: (failed = () => {}) =>
      openStore({
        dataDir: folder,
        database: database?.settings,
        auditFailed: failed,
        databaseFailed: failed,
      }),
    async drop() {
      await rm(folder, { recursive: true })
      await database?.drop()
    },
  }
}
