/** Transactions of one tenant on a pool, each in as few round trips as it can be. */
import type { QueryArrayConfig, QueryConfig } from 'pg'
import type { Template } from '../../statement.ts'
import { fill } from '../../statement.ts'
import { breakOffAfter } from './break-off.ts'
import { beginOf, parametersOf } from './dialect.ts'
import { explained, isOfStatement } from './failures.ts'
import type { Connections } from './open-pool.ts'

export type Values = Readonly<Record<string, unknown>>
export type Row = readonly unknown[]

/** @returns rows as their values, in the order they are selected in. Statements go out at once, one need not be awaited for the next. */
export type Run = (statement: NamedStatement, values: Values) => Promise<readonly Row[]>

/** A text that is parsed once a connection. */
export interface NamedStatement extends Template {
  /** Absent: it is parsed each time. */
  readonly name?: string
}

interface Limits {
  readonly mode: 'read' | 'write'
  /** Key of the tenant whose rows are seen; undefined: nobody's. */
  readonly tenant: number | undefined
  /** How long one statement may take. */
  readonly statementMs: number
  /** Somebody waits for it: it fails as soon as the host is silent, however long the statement may take. */
  readonly urgent?: boolean
}

/** How long a statement may take: one that reads what it shows, one that may read all that matches, and one that writes. */
export const pageMs = 1200
export const walkMs = 20_000
export const writeMs = 60_000
/** How long a server may take to begin a transaction: one that is frozen, or gone without a word, is found out by this. */
export const beginMs = 1000

/** The server gives up a little before we do, and so tells us what it was that took so long. */
const earlierMs = 100

/** @throws SourceFailure when the database does not answer; what `work` throws, and then nothing is written */
export async function transact<T>(
  pool: Connections,
  { mode, tenant, statementMs, urgent = false }: Limits,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const client = await pool.connect({ urgent })
  let failed = false
  const send = (config: QueryArrayConfig | QueryConfig, withinMs: number) => {
    const answer = client.query<unknown[]>(config as QueryConfig)
    const over = breakOffAfter(withinMs, client)
    answer.then(over, (error: unknown) => {
      over()
      // Where an earlier one fails nobody waits for this one.
      failed ||= !isOfStatement(error)
    })
    return answer
  }
  const run: Run = ({ name, sql, parameters }, values) => {
    const filled = parametersOf(fill(parameters, values))
    const statement = {
      ...(name !== undefined && { name }),
      text: sql,
      values: filled,
      rowMode: 'array' as const,
    }
    const answer = send(statement, statementMs).then(({ rows }) => rows)
    // Nor for this; one that fails unheard would end the process.
    answer.catch(() => {})
    return answer
  }
  try {
    const begin = beginOf(tenant, { mode, statementMs: statementMs - earlierMs })
    // What nobody waits for goes on with a host that stood still.
    const begun = send({ text: begin }, urgent ? beginMs : statementMs)
    const result = await work(run)
    await begun
    const ended = send({ text: 'commit' }, statementMs)
    // Nothing hangs on the end of a read.
    if (mode === 'write') {
      const { command } = await ended
      if (command !== 'COMMIT') throw new Error('A transaction that had failed was to be committed')
    }
    return result
  } catch (error) {
    if (!failed) await send({ text: 'rollback' }, beginMs).catch(() => {})
    throw explained(error)
  } finally {
    client.release(failed)
  }
}
