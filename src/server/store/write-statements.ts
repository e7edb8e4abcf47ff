/** What the embedded store writes by: prepared statements, one for each kind of row and what is done to it. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Compilable, type Kysely, sql } from 'kysely'
import type { StatusCode, Tables } from './schema.ts'
import { eachHour, eachOpenHour } from './start-days.ts'
import { fill, slot, type Template, template } from './statement.ts'

type Values = Readonly<Record<string, SQLInputValue>>

function preparing(database: DatabaseSync) {
  const prepare = (query: Compilable): { statement: StatementSync; parameters: Template['parameters'] } => {
    const { sql: text, parameters } = template(query)
    return { statement: database.prepare(text), parameters }
  }
  const runner = (query: Compilable) => {
    const { statement, parameters } = prepare(query)
    return (values: Values): number => Number(statement.run(...fill(parameters, values)).lastInsertRowid)
  }
  const keyFinder = (query: Compilable) => {
    const { statement, parameters } = prepare(query)
    return (values: Values): number => Number(statement.get(...fill(parameters, values))?.key)
  }
  return { prepare, runner, keyFinder }
}

/** Whether a file is left over, and that it is not any more. */
export function prepareLeftFiles(database: DatabaseSync, db: Kysely<Tables>) {
  const { prepare, runner } = preparing(database)
  const left = prepare(
    db
      .selectFrom('removed_file')
      .select('tenant')
      .where('tenant', '=', slot<number>('tenant'))
      .where('recording_id', '=', slot<string>('id'))
      .where('sha256', '=', slot<string>('sha256')),
  )
  return {
    isLeft: (values: Values): boolean => left.statement.get(...fill(left.parameters, values)) !== undefined,
    keepFile: runner(
      db
        .deleteFrom('removed_file')
        .where('tenant', '=', slot<number>('tenant'))
        .where('recording_id', '=', slot<string>('id'))
        .where('sha256', '=', slot<string>('sha256')),
    ),
  }
}

/** Each takes values by the names of its slots, tenants, people and engagements by their keys. */
export function prepareWriteStatements(database: DatabaseSync, db: Kysely<Tables>) {
  const { prepare, runner, keyFinder } = preparing(database)
  const document = prepare(
    db
      .selectFrom('engagement as e')
      .innerJoin('document as d', 'd.key', 'e.key')
      .select(['d.key', 'd.doc'])
      .where('e.tenant', '=', slot<number>('tenant'))
      .where('e.id', '=', slot<Uint8Array>('shortId')),
  )
  const sortable = {
    status: slot<StatusCode>('status'),
    start_key: slot<number>('startKey'),
    id: slot<Uint8Array>('shortId'),
    end_ms: slot<number>('end'),
    duration: slot<number>('duration'),
  }

  return {
    addTenant: runner(
      db
        .insertInto('tenant')
        .values({ name: slot<string>('name') })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    tenant: keyFinder(db.selectFrom('tenant').select('key').where('name', '=', slot<string>('name'))),
    addPerson: runner(
      db
        .insertInto('person')
        .values({ tenant: slot<number>('tenant'), email: slot<string>('email') })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    person: keyFinder(
      db
        .selectFrom('person')
        .select('key')
        .where('tenant', '=', slot<number>('tenant'))
        .where('email', '=', slot<string>('email')),
    ),
    document: (values: Values): { readonly key: number; readonly doc: string } | undefined => {
      const row = document.statement.get(...fill(document.parameters, values))
      return row === undefined ? undefined : { key: Number(row.key), doc: String(row.doc) }
    },
    addDocument: runner(
      db
        .insertInto('document')
        .values({ key: slot<number>('key'), tenant: slot<number>('tenant'), doc: slot<string>('doc') }),
    ),
    changeDocument: runner(
      db
        .updateTable('document')
        .set({ doc: slot<string>('doc') })
        .where('key', '=', slot<number>('key')),
    ),
    addEngagement: runner(
      db
        .insertInto('engagement')
        .values({ tenant: slot<number>('tenant'), key: slot<number>('key'), ...sortable }),
    ),
    changeEngagement: runner(
      db
        .updateTable('engagement')
        .set(sortable)
        .where('tenant', '=', slot<number>('tenant'))
        .where('status', '=', slot<StatusCode>('oldStatus'))
        .where('start_key', '=', slot<number>('oldStartKey'))
        .where('id', '=', slot<Uint8Array>('shortId')),
    ),
    addParticipant: runner(
      db
        .insertInto('participant')
        .values({ person: slot<number>('person'), engagement: slot<number>('key'), ...sortable }),
    ),
    removeParticipant: runner(
      db
        .deleteFrom('participant')
        .where('person', '=', slot<number>('person'))
        .where('status', '=', slot<StatusCode>('status'))
        .where('start_key', '=', slot<number>('startKey'))
        .where('id', '=', slot<Uint8Array>('shortId')),
    ),
    changeDay: runner(
      db
        .insertInto('start_day')
        .values({
          tenant: slot<number>('tenant'),
          status: slot<StatusCode>('status'),
          day: slot<number>('day'),
          engagements: slot<number>('engagements'),
          open: slot<number>('open'),
          shortest_ms: slot<number | null>('shortest'),
          longest_ms: slot<number | null>('longest'),
          ...eachHour((column) => slot<number>(column)),
          ...eachOpenHour((column) => slot<number>(column)),
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'status', 'day']).doUpdateSet((eb) => ({
            engagements: eb('start_day.engagements', '+', eb.ref('excluded.engagements')),
            open: eb('start_day.open', '+', eb.ref('excluded.open')),
            // The outermost of two, each of which may be unknown.
            shortest_ms: sql<number>`min(coalesce(start_day.shortest_ms, excluded.shortest_ms),
              coalesce(excluded.shortest_ms, start_day.shortest_ms))`,
            longest_ms: sql<number>`max(coalesce(start_day.longest_ms, excluded.longest_ms),
              coalesce(excluded.longest_ms, start_day.longest_ms))`,
            ...eachHour((column) => eb(`start_day.${column}`, '+', eb.ref(`excluded.${column}`))),
            ...eachOpenHour((column) => eb(`start_day.${column}`, '+', eb.ref(`excluded.${column}`))),
          })),
        ),
    ),
    changeUnplaced: runner(
      db
        .insertInto('unplaced')
        .values({
          tenant: slot<number>('tenant'),
          status: slot<StatusCode>('status'),
          engagements: slot<number>('engagements'),
          open: slot<number>('open'),
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'status']).doUpdateSet((eb) => ({
            engagements: eb('unplaced.engagements', '+', eb.ref('excluded.engagements')),
            open: eb('unplaced.open', '+', eb.ref('excluded.open')),
          })),
        ),
    ),
    leaveFile: runner(
      db
        .insertInto('removed_file')
        .columns(['tenant', 'recording_id', 'sha256'])
        .expression(
          db
            .selectFrom('recording')
            .select(['tenant', 'id', 'sha256'])
            .where('tenant', '=', slot<number>('tenant'))
            .where('id', '=', slot<string>('id'))
            .where('sha256', '!=', slot<string>('sha256')),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
    keepFile: prepareLeftFiles(database, db).keepFile,
    putRecording: runner(
      db
        .insertInto('recording')
        .values({
          tenant: slot<number>('tenant'),
          id: slot<string>('id'),
          engagement_id: slot<string>('engagementId'),
          media_type: slot<string>('mediaType'),
          size: slot<number>('size'),
          sha256: slot<string>('sha256'),
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'id']).doUpdateSet((eb) => ({
            media_type: eb.ref('excluded.media_type'),
            size: eb.ref('excluded.size'),
            sha256: eb.ref('excluded.sha256'),
          })),
        ),
    ),
  }
}
