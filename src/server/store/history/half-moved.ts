/** The mark of a database that a move or a restore fills: a table that is there from before the first row until after the last check. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

const mark = sql.table('half_moved')
const found = {
  sqlite: sql<{
    there: number
  }>`select exists (select 1 from sqlite_master where name = 'half_moved') as there`,
  postgres: sql<{ there: number }>`select (to_regclass('half_moved') is not null)::integer as there`,
}

export class HalfMoved extends Error {
  /** An operator's affair, and no mistake of ours. */
  readonly code = 'HALF_MOVED'

  constructor() {
    super(
      'The database holds a part of a history that is being moved or restored there, or whose move or restore ' +
        'broke off: wait for its end, or run it again, which begins anew',
    )
  }
}

export async function isHalfMoved(db: Kysely<Tables>, engine: keyof typeof found): Promise<boolean> {
  const { rows } = await found[engine].execute(db)
  return rows[0]?.there === 1
}

/** @throws HalfMoved */
export async function requireWhole(db: Kysely<Tables>, engine: keyof typeof found): Promise<void> {
  if (await isHalfMoved(db, engine)) throw new HalfMoved()
}

export async function markHalfMoved(db: Kysely<Tables>): Promise<void> {
  await sql`create table ${mark} (begun_ms bigint not null)`.execute(db)
  await sql`insert into ${mark} values (${Date.now()})`.execute(db)
}

export async function markWhole(db: Kysely<Tables>): Promise<void> {
  await sql`drop table ${mark}`.execute(db)
}
