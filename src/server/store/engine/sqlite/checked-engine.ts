/** What the embedded database has of its own for a check: a connection that reads as of one moment, and its own proof. */
import { CompiledQuery, Kysely, sql } from 'kysely'
import type { CheckedEngine } from '../../check/store-check.ts'
import type { Tables } from '../../schema.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { openDatabase } from './open-database.ts'

export function checkedSqlite(file: string, db: Kysely<Tables>): CheckedEngine {
  return {
    db,
    async snapshot(read) {
      const database = openDatabase(file, { use: 'walks' })
      try {
        const snapshot = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) })
        // What another connection commits from here on is not seen (https://www.sqlite.org/isolation.html).
        await snapshot.executeQuery(CompiledQuery.raw('begin'))
        return await read(snapshot)
      } finally {
        database.close()
      }
    },
    async damages(of) {
      const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(of)
      return rows.map(({ quick_check: text }) => text).filter((text) => text !== 'ok')
    },
  }
}
