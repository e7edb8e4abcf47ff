/** Nobody's email is kept for suggestions alone: who is in no engagement any more goes. */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'
import { fill, slot, template } from './statement.ts'

/** @returns what removes a person, by key, in the connection's transaction; one who is still in an engagement stays */
export function prepareUnneededPersonRemoval(
  database: DatabaseSync,
  db: Kysely<Tables>,
): (person: number) => void {
  const { sql, parameters } = template(
    db
      .deleteFrom('person')
      .where('key', '=', slot<number>('person'))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb.selectFrom('participant').select('engagement').where('person', '=', slot<number>('person')),
          ),
        ),
      ),
  )
  const statement = database.prepare(sql)
  return (person) => {
    statement.run(...fill(parameters, { person }))
  }
}
