/** Removing an engagement with everything that was kept of it. */
import type { DatabaseSync } from 'node:sqlite'
import type { Compilable, Kysely } from 'kysely'
import { prepareAuditInsert } from './audit-statement.ts'
import { createDurationParts } from './duration-parts.ts'
import type { IncomingEngagement, Removal } from './engagement-writer.ts'
import type { StatusCode, Tables } from './schema.ts'
import { shortId } from './short-id.ts'
import { columnsOf, type PlacedColumns, participants, placedColumns } from './sortable-columns.ts'
import { eachHour, eachOpenHour, gatherDayChanges } from './start-days.ts'
import { fill, slot, template } from './statement.ts'
import { prepareUnneededPersonRemoval } from './unneeded-person.ts'

type Values = Readonly<Record<string, string | number | Uint8Array | null>>

export function createEngagementRemover(database: DatabaseSync, db: Kysely<Tables>) {
  const parts = createDurationParts(database, db)
  const statements = prepareStatements(database, db)
  const removeUnneededPerson = prepareUnneededPersonRemoval(database, db)
  const insertAudit = prepareAuditInsert(database, db)

  const removePeople = (tenant: number, placed: PlacedColumns, emails: Iterable<string>): void => {
    const { status, startKey, shortId } = placed
    for (const email of emails) {
      const person = statements.person({ tenant, email })?.key
      if (person === undefined) continue
      statements.removeParticipant({ person: Number(person), status, startKey, shortId })
      removeUnneededPerson(Number(person))
    }
  }
  const remove = (tenantName: string, id: string, removal: Removal): boolean => {
    const found = statements.engagement({ tenantName, shortId: shortId(id) })
    if (found === undefined) return false
    const tenant = Number(found.tenant)
    const engagement: IncomingEngagement['engagement'] = JSON.parse(String(found.doc))
    const columns = columnsOf(engagement)
    const placed = placedColumns(columns)
    removePeople(tenant, placed, participants(engagement))
    const days = gatherDayChanges()
    days.add(columns, -1)
    for (const change of days.list()) statements.changeDay({ tenant, ...change })
    for (const change of days.unplaced()) statements.changeUnplaced({ tenant, ...change })
    statements.keepRemoved({ tenant, id })
    statements.removeRecordings({ tenant, id })
    const { status, startKey } = placed
    statements.removeEngagement({ tenant, status, startKey, shortId: placed.shortId })
    statements.removeDocument({ key: Number(found.key) })
    parts.forget()
    const durations = parts.gather()
    durations.add(placed, -1)
    durations.write(tenant)
    insertAudit({ tenant: tenantName, action: 'delete', target: id, ...removal })
    return true
  }

  return (tenantName: string, id: string, removal: Removal): boolean => {
    // What was removed is overwritten, not left in free pages (https://www.sqlite.org/pragma.html#pragma_secure_delete).
    database.exec('pragma secure_delete = on')
    try {
      database.exec('begin immediate')
      const removed = remove(tenantName, id, removal)
      database.exec('commit')
      return removed
    } finally {
      if (database.isTransaction) database.exec('rollback')
      database.exec('pragma secure_delete = off')
    }
  }
}

function prepareStatements(database: DatabaseSync, db: Kysely<Tables>) {
  const rows = (query: Compilable) => {
    const { sql, parameters } = template(query)
    const statement = database.prepare(sql)
    return (values: Values) => statement.all(...fill(parameters, values))
  }
  const row = (query: Compilable) => {
    const all = rows(query)
    return (values: Values) => all(values)[0]
  }
  const tenant = slot<number>('tenant')
  const person = slot<number>('person')

  return {
    engagement: row(
      db
        .selectFrom('engagement')
        .innerJoin('tenant', 'tenant.key', 'engagement.tenant')
        .innerJoin('document', 'document.key', 'engagement.key')
        .select(['engagement.key', 'engagement.tenant', 'document.doc'])
        .where('tenant.name', '=', slot<string>('tenantName'))
        .where('engagement.id', '=', slot<Uint8Array>('shortId')),
    ),
    person: row(
      db
        .selectFrom('person')
        .select('key')
        .where('tenant', '=', tenant)
        .where('email', '=', slot<string>('email')),
    ),
    removeParticipant: rows(
      db
        .deleteFrom('participant')
        .where('person', '=', person)
        .where('status', '=', slot<StatusCode>('status'))
        .where('start_key', '=', slot<number>('startKey'))
        .where('id', '=', slot<Uint8Array>('shortId')),
    ),
    changeDay: rows(
      db
        .updateTable('start_day')
        .set((eb) => ({
          engagements: eb('engagements', '+', slot<number>('engagements')),
          open: eb('open', '+', slot<number>('open')),
          ...eachHour((column) => eb(column, '+', slot<number>(column))),
          ...eachOpenHour((column) => eb(column, '+', slot<number>(column))),
        }))
        .where('tenant', '=', tenant)
        .where('status', '=', slot<StatusCode>('status'))
        .where('day', '=', slot<number>('day')),
    ),
    changeUnplaced: rows(
      db
        .updateTable('unplaced')
        .set((eb) => ({
          engagements: eb('engagements', '+', slot<number>('engagements')),
          open: eb('open', '+', slot<number>('open')),
        }))
        .where('tenant', '=', tenant)
        .where('status', '=', slot<StatusCode>('status')),
    ),
    keepRemoved: rows(
      db
        .insertInto('removed_file')
        .columns(['tenant', 'recording_id', 'sha256'])
        .expression(
          db
            .selectFrom('recording')
            .select(['tenant', 'id', 'sha256'])
            .where('tenant', '=', tenant)
            .where('engagement_id', '=', slot<string>('id')),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
    removeRecordings: rows(
      db.deleteFrom('recording').where('tenant', '=', tenant).where('engagement_id', '=', slot<string>('id')),
    ),
    removeEngagement: rows(
      db
        .deleteFrom('engagement')
        .where('tenant', '=', tenant)
        .where('status', '=', slot<StatusCode>('status'))
        .where('start_key', '=', slot<number>('startKey'))
        .where('id', '=', slot<Uint8Array>('shortId')),
    ),
    removeDocument: rows(db.deleteFrom('document').where('key', '=', slot<number>('key'))),
  }
}
