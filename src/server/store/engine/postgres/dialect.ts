/** Kysely over a pool of `pg`: statements of one tenant, whose rows are all that the server shows them. */

import { type Dialect, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type { PoolClient } from 'pg'
import { explained, isOfStatement } from './failures.ts'
import { escapeText } from './text-escape.ts'

/**
 * What every transaction of a tenant begins with. Policies of the tables compare with this setting, and it ends with the
 * transaction: the next one on the connection begins with nothing.
 * @param tenant its key; undefined: of no tenant, and so without any of their rows
 * @param statementMs how long the server may take for one statement; absent: as long as the connection has it
 */
export function beginOf(
  tenant: number | undefined,
  { mode = 'write', statementMs }: { readonly mode?: 'read' | 'write'; readonly statementMs?: number } = {},
): string {
  // Numbers alone, never a text: nothing of it comes from outside.
  return [
    mode === 'read' ? 'begin isolation level repeatable read read only' : 'begin',
    ...(tenant === undefined ? [] : [`set local hindsight.tenant = ${Math.trunc(tenant)}`]),
    ...(statementMs === undefined ? [] : [`set local statement_timeout = ${Math.trunc(statementMs)}`]),
  ].join('; ')
}

/**
 * @param tenant of all statements, each of which is a transaction where none is begun
 * @param answerMs how long the server may take for what waits for nobody: beginning a transaction, or a statement outside of
 *   any; absent: as long as the connection has it
 */
export function tenantDialect(
  connect: () => Promise<PoolClient>,
  tenant: number | undefined,
  answerMs?: number,
): Dialect {
  return new PostgresDialect({
    pool: {
      connect: async () => scopedClient(await connect(), tenant, answerMs),
      // Kysely's part in it ends; whoever opened the pool ends that.
      end: async () => {},
      options: {},
    },
  })
}

/** @returns whatever goes in as text escaped */
export function parametersOf(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    if (typeof value === 'string') return escapeText(value)
    return Array.isArray(value) ? parametersOf(value) : value
  })
}

function scopedClient(
  client: PoolClient,
  tenant: number | undefined,
  answerMs: number | undefined,
): PostgresPoolClient {
  let underWay = false
  let failed = false
  const soon = (text: string, values: unknown[] = []) =>
    client.query({ text, values, ...(answerMs !== undefined && { query_timeout: answerMs }) })
  const send = (text: string, parameters: readonly unknown[]) => {
    if (text === 'begin') {
      underWay = true
      return soon(beginOf(tenant))
    }
    if (text === 'commit' || text === 'rollback') {
      underWay = false
      return client.query(text)
    }
    const values = parametersOf(parameters)
    if (underWay) return client.query(text, values)
    if (tenant === undefined) return soon(text, values)
    return Promise.all([soon(beginOf(tenant)), client.query(text, values), client.query('commit')]).then(
      ([, result]) => result,
    )
  }
  return {
    // biome-ignore lint/suspicious/noExplicitAny: Kysely's type has an overload for cursors, of which we have none
    query(text: any, parameters: any = []): any {
      return send(text, parameters).catch((error: unknown) => {
        failed ||= !isOfStatement(error)
        throw explained(error)
      })
    },
    release: () => client.release(failed),
  }
}
