/**
 * All engagements of a selection, a batch at a time. Between two batches no statement is open: a reader that stalls keeps no
 * writer waiting and no page of the write-ahead log in place.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementSelection } from '../../contract/query/engagement-query.ts'
import { batchParts, batchStatement } from './batch-statement.ts'
import { isSorted, type PageShape } from './page-statement.ts'
import type { Tables } from './schema.ts'
import { fill, slot, type Template, template } from './statement.ts'

/** Few enough that other requests are answered in between. */
const usualRows = 100
/** What is sorted is sorted anew for each fifty batches. */
const sortedBatches = 50
export const sortedRows = sortedBatches * usualRows
/** In characters: documents may be of any size, and a batch of large ones has fewer. */
const mostText = 1024 * 1024

/** A selection in the keys of the database. */
export interface Chosen {
  readonly tenant: number
  readonly people: readonly number[]
  readonly lastKey: number | undefined
  readonly shape: PageShape
}

/** @param mostRows of one batch */
export function createEngagementBatches(database: DatabaseSync, db: Kysely<Tables>, mostRows = usualRows) {
  const prepare = ({ sql, parameters }: Template) => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    return { statement, parameters }
  }
  const run = (
    { statement, parameters }: ReturnType<typeof prepare>,
    values: Readonly<Record<string, SQLInputValue>>,
  ) =>
    // setReturnArrays gives a row as an array, which the types do not know.
    statement.all(...fill(parameters, values)) as unknown as SQLInputValue[][]
  const documentByKey = prepare(
    template(
      db
        .selectFrom('document')
        .select('doc')
        .where('key', '=', slot<number>('key'))
        // The key of one that was deleted since may be another tenant's by now.
        .where('tenant', '=', slot<number>('tenant')),
    ),
  )

  return function* batches(
    { tenant, people, lastKey, shape }: Chosen,
    { startAfter, startBefore, endAfter, endBefore }: EngagementSelection,
  ): Generator<readonly string[]> {
    const rows = isSorted(shape) ? sortedBatches * mostRows : mostRows
    const common: Record<string, SQLInputValue> = { tenant, rows }
    // Bounds that are not given are in no statement either.
    for (const [name, bound] of Object.entries({ startAfter, startBefore, endAfter, endBefore, lastKey }))
      common[name] = bound ?? null
    for (const [index, person] of people.entries()) common[`person${index}`] = person
    for (const known of batchParts(shape)) {
      let statement = prepare(batchStatement(db, { ...shape, known, resumed: false }))
      let values = common
      for (;;) {
        const walked = run(statement, values)
        yield* documents(
          tenant,
          walked.map(([key = null]) => key),
        )
        const [, lastAt = null, lastId = null] = walked.at(-1) ?? []
        if (walked.length < rows) break
        if (values === common) statement = prepare(batchStatement(db, { ...shape, known, resumed: true }))
        values = { ...common, lastAt, lastId }
      }
    }
  }

  function* documents(tenant: number, keys: readonly SQLInputValue[]): Generator<readonly string[]> {
    let batch: string[] = []
    let text = 0
    for (const key of keys) {
      const document = run(documentByKey, { tenant, key })[0]?.[0]
      // Deleted since its key was walked.
      if (typeof document !== 'string') continue
      batch.push(document)
      text += document.length
      if (batch.length < mostRows && text < mostText) continue
      yield batch
      batch = []
      text = 0
    }
    if (batch.length > 0) yield batch
  }
}
