/** Documents of rows that were walked: of a page at once, of an export a few at a time. */
import { type Kysely, sql } from 'kysely'
import { slot, template } from '../../statement.ts'
import { foundAs, isLong } from './long-texts.ts'
import type { Connections } from './open-pool.ts'
import type { PostgresTables } from './schema.ts'
import { byMonths } from './start-months.ts'
import type { NameStatement } from './statement-names.ts'
import { type Row, type Run, transact, type Values, walkMs } from './transactions.ts'
import { batchWalk, documentsByKeys, mayBeUnknown, type WalkShape } from './walk-statements.ts'

const batchRows = 500
/** Documents may be of any size: how many are read at once follows from those before them. */
const mostAtOnce = 100
const firstAtOnce = 20
/** In characters. */
const mostText = 1024 * 1024

/** A selection in the keys of the database. */
export interface BatchWalk {
  readonly tenant: number
  readonly shape: WalkShape
  readonly values: Values
}

export interface DocumentReader {
  /** @param rows that begin with month and key, as the transaction sees them. In their order */
  inSnapshot(run: Run, tenant: number, rows: readonly Row[]): Promise<string[]>
  /** All that are walked. Between two batches no transaction is open. */
  batches(walk: BatchWalk): AsyncGenerator<readonly string[]>
}

export function createDocumentReader(
  pool: Connections,
  db: Kysely<PostgresTables>,
  named: NameStatement,
): DocumentReader {
  const byKeys = named('documents', () => documentsByKeys(db))
  const placesByIds = named('places', () =>
    template({
      compile: () =>
        sql`select start_ms, key from engagement_key
          where tenant = ${slot('tenant')} and id = any(${slot('ids')}::text[])`.compile(db),
    }),
  )
  const read = <T>(tenant: number, work: (run: Run) => Promise<T>) =>
    transact(pool, { mode: 'read', tenant, statementMs: walkMs }, work)

  const byKey = async (run: Run, tenant: number, rows: readonly Row[]): Promise<Map<unknown, string>> => {
    const found = await byMonths(
      rows.map(([start, key]) => ({ start: Number(start), key: Number(key) })),
      (of) => run(byKeys, { tenant, ...of }),
    )
    return new Map(found.map(([key, document]) => [key, String(document)]))
  }

  /** Of rows that another transaction has seen: what was deleted since is not there any more, what was changed may be elsewhere. */
  const later = (tenant: number, rows: readonly Row[]): Promise<string[]> =>
    read(tenant, async (run) => {
      const found = await byKey(run, tenant, rows)
      const missing = rows.filter(([, key]) => !found.has(key))
      if (missing.length > 0) {
        const places = await run(placesByIds, {
          tenant,
          ids: missing.map(([, , , id, whole]) => foundAs(String(whole ?? id))),
        })
        const keys = new Set(missing.map(([, key]) => key))
        const moved = places.filter(([, key]) => keys.has(key))
        for (const [key, document] of await byKey(run, tenant, moved)) found.set(key, document)
      }
      return rows.flatMap(([, key]) => found.get(key) ?? [])
    })

  async function* documents(tenant: number, rows: readonly Row[]) {
    let atOnce = firstAtOnce
    for (let at = 0; at < rows.length; ) {
      const found = await later(tenant, rows.slice(at, at + atOnce))
      at += atOnce
      const text = found.reduce((all, document) => all + document.length, 0)
      yield* inPieces(found)
      if (text > 0) atOnce = Math.min(mostAtOnce, Math.max(1, Math.floor((mostText * found.length) / text)))
    }
  }

  return {
    async inSnapshot(run, tenant, rows) {
      const found = await byKey(run, tenant, rows)
      return rows.flatMap(([, key]) => found.get(key) ?? [])
    },

    async *batches({ tenant, shape, values }) {
      for (const known of mayBeUnknown(shape) ? (['known', 'unknown'] as const) : (['known'] as const)) {
        let last: Row | undefined
        do {
          const before: Row | undefined = last
          const walked = await read(tenant, (run) =>
            toldApart((whole) => {
              const [, , lastAt, lastId, lastWhole] = before ?? []
              const resumed = before === undefined ? 'no' : isLong(String(lastId)) ? 'among' : 'behind'
              const statement = named(
                `batch ${known} ${resumed} ${whole} ${Object.values(shape).join(' ')}`,
                () => batchWalk(db, shape, known, resumed, whole),
              )
              return run(statement, {
                ...values,
                lastAt,
                lastId,
                lastWhole,
                rows: batchRows,
                take: batchRows,
              })
            }),
          )
          yield* documents(tenant, walked)
          last = walked.length < batchRows ? undefined : walked.at(-1)
        } while (last !== undefined)
      }
    },
  }
}

/** Rows walked: where ids among them were cut, once more by the whole ones. */
export async function toldApart(walk: (whole: boolean) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const rows = await walk(false)
  return rows.some(([, , , id]) => isLong(String(id))) ? walk(true) : rows
}

/** Each ends with the document that makes it as long as a batch may be. */
function* inPieces(documents: readonly string[]) {
  let piece: string[] = []
  let text = 0
  for (const document of documents) {
    piece.push(document)
    text += document.length
    if (text < mostText) continue
    yield piece
    piece = []
    text = 0
  }
  if (piece.length > 0) yield piece
}
