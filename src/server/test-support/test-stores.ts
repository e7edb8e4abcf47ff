/** Stores over data of a test's own, on the engine that the run is of: what has to hold on both is run for each. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { createTestDatabase, type TestDatabase } from './postgres/test-database.ts'

/** Of tokens and sessions. */
export const testSecret = 'a secret for tests, longer than 32 characters'

export type Engine = 'embedded' | 'PostgreSQL'

declare module 'vitest' {
  export interface ProvidedContext {
    engine: Engine
    /** How many questions the engines have to answer alike. */
    answers: number
  }
}

interface OpenOptions {
  readonly failed?: (error: unknown) => void
  /** How far the clock that failed sign-ins go by is ahead. */
  readonly aheadMs?: () => number
}

export interface TestStores {
  /** Another one over the same data, as another process has it; to be closed by whoever asked. */
  open(options?: OpenOptions): Promise<Store>
  /** Of the recordings, and of the embedded database. */
  readonly folder: string
  /** Undefined: the embedded one. */
  readonly database: TestDatabase | undefined
  /** For processes over the same data, besides `DATA_DIR`. */
  readonly env: Readonly<Record<string, string>>
  /** To be called when all are closed. */
  drop(): Promise<void>
}

/** @param within folder of the data; absent: that of the system for what is temporary */
export async function createTestStores(
  engine: Engine = inject('engine'),
  within = tmpdir(),
): Promise<TestStores> {
  const folder = await mkdtemp(path.join(within, 'hindsight-'))
  const database = engine === 'embedded' ? undefined : await createTestDatabase()
  return {
    folder,
    database,
    env: database === undefined ? {} : { DATABASE_URL: database.url, SESSION_SECRET: testSecret },
    open: ({ failed = () => {}, aheadMs = () => 0 } = {}) =>
      openStore({
        dataDir: folder,
        database: database?.settings,
        auditFailed: failed,
        databaseFailed: failed,
        aheadMs,
      }),
    async drop() {
      await rm(folder, { recursive: true })
      await database?.drop()
    },
  }
}
