/** Several reads of one moment, whatever another process writes meanwhile. */
import type { DatabaseSync } from 'node:sqlite'

/** May be asked inside of itself: the outermost decides which moment it is. */
export type AtOneMoment = <Value>(read: () => Value) => Value

export function createOneMoment(database: DatabaseSync): AtOneMoment {
  // Ready-made: SQLite takes longer to read the two statements than to carry them out.
  const begin = database.prepare('savepoint reading')
  const end = database.prepare('release reading')
  return (read) => {
    begin.run()
    try {
      return read()
    } finally {
      end.run()
    }
  }
}
