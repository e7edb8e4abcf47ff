/** Writing one audit record, wherever a transaction does so. */
import type { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import type { AuditAction } from '../../contract/model/audit.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import type { Tables } from './schema.ts'
import { fill, slot, template } from './statement.ts'

export interface AuditRecord {
  readonly tenant: string
  readonly atMs: EpochMs
  /** The user's folded email or the client id; absent: nobody we know of. */
  readonly subject: string | undefined
  readonly action: AuditAction
  /** Never holds a secret: an id, or a query of which each parameter is known to be harmless. */
  readonly target: string | undefined
  readonly address: string
}

/** @returns what writes a record in the connection's transaction; one of a tenant that does not exist is nobody's, and not kept */
export function prepareAuditInsert(
  database: DatabaseSync,
  db: Kysely<Tables>,
): (record: AuditRecord & { readonly times?: number }) => void {
  const { sql: text, parameters } = template(
    db
      .insertInto('audit')
      .columns(['tenant', 'at_ms', 'subject', 'action', 'target', 'address', 'times'])
      .expression(
        db
          .selectFrom('tenant')
          .where('name', '=', slot<string>('tenant'))
          .select([
            'key',
            sql<number>`${slot('atMs')}`.as('at_ms'),
            sql<string | null>`${slot('subject')}`.as('subject'),
            sql<AuditAction>`${slot('action')}`.as('action'),
            sql<string | null>`${slot('target')}`.as('target'),
            sql<string>`${slot('address')}`.as('address'),
            sql<number>`${slot('times')}`.as('times'),
          ]),
      ),
  )
  const statement = database.prepare(text)
  return ({ subject = null, target = null, times = 1, ...rest }) => {
    statement.run(...fill<string | number | null>(parameters, { ...rest, subject, target, times }))
  }
}
