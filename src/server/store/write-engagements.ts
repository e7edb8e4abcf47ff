/** The embedded store's `EngagementWriter`: batches in one transaction each, through prepared statements. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { writeEngagement } from '../../contract/representation/json.ts'
import type { Arrivals } from './arrivals.ts'
import { createDurationParts, type DurationChanges } from './duration-parts.ts'
import type { EngagementWriter, HeldRecording, IncomingEngagement } from './engagement-writer.ts'
import type { FileLock } from './file-lock.ts'
import { createEngagementRemover } from './remove-engagement.ts'
import type { Tables } from './schema.ts'
import { columnsOf, type PlacedColumns, participants, placedColumns } from './sortable-columns.ts'
import { type DayChanges, gatherDayChanges } from './start-days.ts'
import { syncChangeQuery } from './sync-changes.ts'
import type { TenantVersions } from './tenant-versions.ts'
import { prepareUnneededPersonRemoval } from './unneeded-person.ts'
import { prepareLeftFiles, prepareWriteStatements } from './write-statements.ts'

const keptPeople = 200_000

type Outcome = 'added' | 'changed' | 'unchanged'

interface BatchUnderWay {
  readonly days: DayChanges
  readonly durations: DurationChanges
  /** A key that the tenant never used. */
  nextKey(): number
}

/** How a server removes, which answers others while it waits for its turn. */
interface Removing {
  /** Of its own. */
  readonly database: DatabaseSync
  /** Runs a write when no other process is writing. */
  whenFree<T>(write: () => T): Promise<T>
}

/** @param removing absent: over the same connection, as nobody else is waited for */
export function createEngagementWriter(
  database: DatabaseSync,
  db: Kysely<Tables>,
  versions: TenantVersions,
  arrivals: Arrivals,
  files: FileLock,
  removing: Removing = { database, whenFree: async (write) => write() },
): EngagementWriter {
  const statements = prepareWriteStatements(database, db)
  const removeUnneededPerson = prepareUnneededPersonRemoval(database, db)
  const parts = createDurationParts(database, db)
  const removeEngagement = createEngagementRemover(removing.database, db)
  const left = prepareLeftFiles(removing.database, db)
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

    remove: (tenantName, id, removal) =>
      removing.whenFree(() => {
        forget()
        return removeEngagement(tenantName, id, removal)
      }),

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
        if (!left.isLeft(row)) return
        await remove()
        // In this order: whoever dies in between leaves a row too many, never a file.
        await removing.whenFree(() => left.keepFile(row))
      })
      return done ? 'cleared' : 'later'
    },
  }
}
