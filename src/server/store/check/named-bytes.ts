/** Which files of recordings rows name, asked for by what is in them: the names of files do not tell ids. */
import { type RawBuilder, sql } from 'kysely'
import type { HeldBytes } from '../engagement-writer.ts'

interface NamingTable {
  readonly name: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
}

const tables: readonly NamingTable[] = [
  { name: sql`recording`, id: sql`id` },
  { name: sql`removed_file`, id: sql`recording_id` },
]

/** As many as are asked for by their bytes, and more: all rows are walked over for each page. */
const pageRows = 25_000

/**
 * Rows of recordings, and of files that have yet to go.
 * @param page those that come after one, at most so many
 */
export async function* namedBytes<Row extends HeldBytes>(
  page: (
    table: NamingTable,
    last: Row | undefined,
    most: number,
  ) => Promise<{ readonly rows: readonly Row[] }>,
): AsyncGenerator<HeldBytes> {
  for (const table of tables) {
    for (let last: Row | undefined; ; ) {
      const { rows }: { readonly rows: readonly Row[] } = await page(table, last, pageRows)
      yield* rows
      if (rows.length < pageRows) break
      last = rows.at(-1)
    }
  }
}
