/** The embedded store's `EngagementWriter`: batches in one transaction each, through prepared statements. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Compilable, type Kysely, sql } from 'kysely'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { writeEngagement } from '../../contract/representation/json.ts'
import type { Arrivals } from './arrivals.ts'
import { createDurationParts, type DurationChanges } from './duration-parts.ts'
import type { EngagementWriter, HeldRecording, IncomingEngagement } from './engagement-writer.ts'
import type { FileLock } from './file-lock.ts'
import { createEngagementRemover } from './remove-engagement.ts'
import type { StatusCode, Tables } from './schema.ts'
import { columnsOf, type PlacedColumns, participants, placedColumns } from './sortable-columns.ts'
import { type DayChanges, eachHour, eachOpenHour, gatherDayChanges } from './start-days.ts'
import { fill, slot, type Template, template } from './statement.ts'
import { syncChangeQuery } from './sync-changes.ts'
import type { TenantVersions } from './tenant-versions.ts'
import { prepareUnneededPersonRemoval } from './unneeded-person.ts'

const keptPeople = 200_000

type Outcome = 'added' | 'changed' | 'unchanged'

interface BatchUnderWay {
  readonly days: DayChanges
  readonly durations: DurationChanges
  /** A key that the tenant never used. */
  nextKey(): number
}

export function createEngagementWriter(
  database: DatabaseSync,
  db: Kysely<Tables>,
  versions: TenantVersions,
  arrivals: Arrivals,
  files: FileLock,
): EngagementWriter {
  const statements = prepareStatements(database, db)
  const removeUnneededPerson = prepareUnneededPersonRemoval(database, db)
  const parts = createDurationParts(database, db)
  const removeEngagement = createEngagementRemover(database, db, parts)
  // Emails to keys, so that an associate's thousandth engagement costs no look-up. A rollback empties it, and a removal,
  // which may take people away whose keys others will get.
  const people = new Map<string, number>()
  const dataVersion = database.prepare('pragma data_version')
  let seenVersion: unknown
  const forget = (): void => {
    people.clear()
    parts.forget()
  }
  const forgetWhatOthersChanged = (): void => {
    const version = dataVersion.get()?.data_version
    if (version !== seenVersion) forget()
    seenVersion = version
  }

  const tenantKey = (name: string): number => {
    statements.addTenant({ name })
    return statements.tenant({ name })
  }
  const personKey = (tenant: number, email: string): number => {
    const cacheKey = `${tenant}\n${email}`
    const known = people.get(cacheKey)
    if (known !== undefined) return known
    statements.addPerson({ tenant, email })
    const key = statements.person({ tenant, email })
    if (people.size >= keptPeople) people.clear()
    people.set(cacheKey, key)
    return key
  }

  const addParticipants = (
    tenant: number,
    key: number,
    engagement: EngagementV1,
    placed: PlacedColumns,
  ): void => {
    for (const email of participants(engagement))
      statements.addParticipant({ person: personKey(tenant, email), key, ...placed })
  }
  const removeLeavers = (tenant: number, emails: Iterable<string>): void => {
    for (const email of emails) {
      removeUnneededPerson(personKey(tenant, email))
      people.delete(`${tenant}\n${email}`)
    }
  }
  const addRecordings = (tenant: number, engagementId: string, held: readonly HeldRecording[]): void => {
    for (const { id, mediaType, size, sha256 } of held) {
      statements.leaveFile({ tenant, id, sha256 })
      statements.putRecording({ tenant, id, engagementId, mediaType, size, sha256 })
      statements.keepFile({ tenant, id, sha256 })
    }
  }

  const put = (
    tenant: number,
    { engagement, held, moved }: IncomingEngagement,
    { days, durations, nextKey }: BatchUnderWay,
  ): Outcome => {
    const doc = moved?.doc ?? writeEngagement(engagement)
    const columns = columnsOf(engagement)
    const placed = placedColumns(columns)
    const before = statements.document({ tenant, shortId: placed.shortId })
    if (before === undefined) {
      const key = moved?.key ?? nextKey()
      statements.addDocument({ key, tenant, doc })
      statements.addEngagement({ key, tenant, ...placed })
      addParticipants(tenant, key, engagement, placed)
      addRecordings(tenant, engagement.id, held)
      days.add(columns, 1)
      durations.add(placed, 1)
      return 'added'
    }
    // The bytes of a recording may have changed under the same document.
    addRecordings(tenant, engagement.id, held)
    if (before.doc === doc) return 'unchanged'
    const old: IncomingEngagement['engagement'] = JSON.parse(before.doc)
    const oldColumns = columnsOf(old)
    const oldPlaced = placedColumns(oldColumns)
    days.add(oldColumns, -1)
    days.add(columns, 1)
    durations.add(oldPlaced, -1)
    durations.add(placed, 1)
    for (const email of participants(old))
      statements.removeParticipant({ person: personKey(tenant, email), ...oldPlaced })
    statements.changeDocument({ key: before.key, doc })
    statements.changeEngagement({
      tenant,
      ...placed,
      oldStatus: oldPlaced.status,
      oldStartKey: oldPlaced.startKey,
    })
    addParticipants(tenant, before.key, engagement, placed)
    const stayed = participants(engagement)
    removeLeavers(
      tenant,
      [...participants(old)].filter((email) => !stayed.has(email)),
    )
    return 'changed'
  }

  return {
    async write(tenantName, batch, alongside = []) {
      const counts = { added: 0, changed: 0, unchanged: 0 }
      database.exec('begin immediate')
      try {
        forgetWhatOthersChanged()
        const tenant = tenantKey(tenantName)
        const days = gatherDayChanges()
        const durations = parts.gather()
        let lastKey = arrivals.lastKey(tenant)
        const underWay = { days, durations, nextKey: () => ++lastKey }
        for (const incoming of batch) counts[put(tenant, incoming, underWay)]++
        const arrived = batch.some(({ moved }) => moved === undefined)
        if (counts.added > 0 && arrived) arrivals.add(tenant, lastKey)
        for (const change of days.list()) statements.changeDay({ tenant, ...change })
        for (const change of days.unplaced()) statements.changeUnplaced({ tenant, ...change })
        durations.write(tenant)
        if (counts.added + counts.changed > 0) versions.change(tenant)
        for (const change of alongside) {
          const { sql, parameters } = syncChangeQuery(db, tenant, change)
          database.prepare(sql).run(...(parameters as SQLInputValue[]))
        }
        database.exec('commit')
      } catch (error) {
        forget()
        if (database.isTransaction) database.exec('rollback')
        throw error
      }
      return counts
    },

    async remove(tenantName, id, removal) {
      people.clear()
      return removeEngagement(tenantName, id, removal)
    },

    leftFiles: () =>
      db
        .selectFrom('removed_file')
        .innerJoin('tenant', 'tenant.key', 'removed_file.tenant')
        .select(['tenant.name as tenant', 'removed_file.recording_id as id', 'removed_file.sha256'])
        .execute(),

    holdFiles: () => files.hold(),

    whileUnheld: (act) => files.whileUnheld(act),

    async clearLeftFile({ tenant, id, sha256 }, remove) {
      const row = { tenant: statements.tenant({ name: tenant }), id, sha256 }
      const done = await files.whileUnheld(async () => {
        if (!statements.isLeft(row)) return
        await remove()
        // In this order: whoever dies in between leaves a row too many, never a file.
        statements.keepFile(row)
      })
      return done ? 'cleared' : 'later'
    },
  }
}

type Values = Readonly<Record<string, SQLInputValue>>

function prepareStatements(database: DatabaseSync, db: Kysely<Tables>) {
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
  const document = prepare(
    db
      .selectFrom('engagement as e')
      .innerJoin('document as d', 'd.key', 'e.key')
      .select(['d.key', 'd.doc'])
      .where('e.tenant', '=', slot<number>('tenant'))
      .where('e.id', '=', slot<Uint8Array>('shortId')),
  )
  const left = prepare(
    db
      .selectFrom('removed_file')
      .select('tenant')
      .where('tenant', '=', slot<number>('tenant'))
      .where('recording_id', '=', slot<string>('id'))
      .where('sha256', '=', slot<string>('sha256')),
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
    isLeft: (values: Values): boolean => left.statement.get(...fill(left.parameters, values)) !== undefined,
    keepFile: runner(
      db
        .deleteFrom('removed_file')
        .where('tenant', '=', slot<number>('tenant'))
        .where('recording_id', '=', slot<string>('id'))
        .where('sha256', '=', slot<string>('sha256')),
    ),
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
