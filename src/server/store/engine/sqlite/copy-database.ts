/** A database as it is at one moment, in one file, while others read and write it. */
import { open } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { requireWhole } from '../../history/half-moved.ts'
import type { Tables } from '../../schema.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { openDatabase } from './open-database.ts'

/** 4 MiB: so much is in memory at once. */
const pagesAtOnce = 1024

/**
 * https://www.sqlite.org/backup.html begins anew whenever somebody writes, which under an import would be for ever. The copy is
 * therefore made inside of one read transaction, whose moment it keeps to.
 * @param target made anew; on the disk when this returns
 * @throws when it cannot be written to its end; what is there then is no database. HalfMoved
 */
export async function copyDatabase(file: string, target: string): Promise<void> {
  const database = openDatabase(file, { use: 'walks' })
  try {
    // A transaction begins with its first read.
    database.exec('begin; select count(*) from sqlite_master')
    await requireWhole(new Kysely<Tables>({ dialect: nodeSqliteDialect(database) }), 'sqlite')
    await backup(database, target, { rate: pagesAtOnce })
  } finally {
    database.close()
  }
  await makeOneFile(target)
}

/** Of a database that nobody has open: by itself, readable where nothing can be written, and on the disk when this returns. */
export async function makeOneFile(file: string): Promise<void> {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = delete')
  } finally {
    database.close()
  }
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @returns what is wrong in it, as SQLite says it; nothing: it is whole */
export function damageIn(file: string): string | undefined {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const [first] = database.prepare('pragma integrity_check(1)').all()
    return first?.integrity_check === 'ok' ? undefined : String(first?.integrity_check)
  } catch (error) {
    // Some of it is so damaged that not even that can be asked.
    return error instanceof Error ? error.message : String(error)
  } finally {
    database.close()
  }
}
