/**
 * Writes engagements into PostgreSQL: each batch one transaction of a few statements, however many rows it has. Writers of one
 * tenant take turns from their first statement on, in whatever instance they are: keys grow in the order of commits, which is
 * what arrivals, and so `asOf`, mean.
 */
import type { Kysely } from 'kysely'
import { DatabaseError } from 'pg'
import type {
  BatchCounts,
  EngagementWriter,
  HeldRecording,
  IncomingEngagement,
  LeftFile,
} from '../../engagement-writer.ts'
import type { FileLock } from '../../file-lock.ts'
import type { Tables } from '../../schema.ts'
import { columnsOf } from '../../sortable-columns.ts'
import { template } from '../../statement.ts'
import { type SyncChange, syncChangeQuery } from '../../sync-changes.ts'
import { type Changes, changesOf, idOf, type Version, versionOf } from './batch-changes.ts'
import { gatherDurationChanges } from './duration-counts.ts'
import { foundAs, isLong } from './long-texts.ts'
import type { Connections } from './open-pool.ts'
import { personKeys } from './person-keys.ts'
import type { PostgresTables } from './schema.ts'
import { gatherStartChanges } from './start-counts.ts'
import { byMonths, monthsToMake } from './start-months.ts'
import type { Tenants } from './tenants.ts'
import { type NamedStatement, type Run, transact, writeMs } from './transactions.ts'
import type { VersionFloors } from './version-floors.ts'
import { documentsByKeys } from './walk-statements.ts'
import { type WriteStatements, writeStatements } from './write-statements.ts'
import { addVersions, changeCounts, removeUnneeded, removeVersions } from './write-versions.ts'

/** Somebody waits for it. */
const urgent = { urgent: true }

/** @param reading where nothing is written: it may lead to a replica while there is no primary */
export function createPostgresWriter(
  pool: Connections,
  db: Kysely<PostgresTables>,
  tenants: Tenants,
  files: FileLock,
  floors: VersionFloors,
  reading: Connections = pool,
): EngagementWriter {
  const statements = writeStatements(db)
  // Parsed each time: others that read there have names of their own.
  const { name: _, ...leftFiles } = statements.leftFiles
  const documents: NamedStatement = { ...documentsByKeys(db), name: 'documents' }
  const months = monthsToMake()

  /** Before the transaction of the rows, so that nobody waits for it: a month that stays empty harms nobody. */
  const addMonths = async (tenant: number, batch: readonly IncomingEngagement[]): Promise<void> => {
    const starts = batch.map(({ engagement }) => columnsOf(engagement).start)
    const missing = months.missing(tenant, starts)
    if (missing.length === 0) return
    await inTurn(pool, tenant, statements, (run) => run(statements.addMonths, { tenant, months: missing }))
    months.made(tenant, missing)
  }

  const read = async (run: Run, tenant: number, ids: readonly string[]): Promise<Map<string, Version>> => {
    const places = await run(statements.places, { tenant, ids: ids.map(foundAs) })
    const found = await byMonths(
      places.map(([, key, start]) => ({ key: Number(key), start: Number(start) })),
      (of) => run(documents, { tenant, ...of }),
    )
    return new Map(found.map(([key, doc]) => versionOf(Number(key), String(doc))))
  }

  const apply = async (run: Run, tenant: number, { before, after }: Changes): Promise<void> => {
    const gone = [...after.keys()].flatMap((id) => before.get(id) ?? [])
    const people = [...new Set([...gone, ...after.values()].flatMap((one) => [...one.people]))].sort()
    const keys = await personKeys(run, statements, tenant, people)
    await removeVersions(run, statements, tenant, gone)
    await addVersions(run, statements, tenant, [...after.values()], keys)
    const staying = new Set([...after.values()].flatMap((one) => [...one.people]))
    await removeUnneeded(run, statements, tenant, gone, keys, staying)
  }

  /** Known before it is committed: at worst a replica is not asked for a while. */
  const changeVersion = async (run: Run, tenant: number, nowMs: number): Promise<void> => {
    const [row] = await run(statements.changeVersion, { tenant, nowMs })
    floors.raise(tenant, Number(row?.[0]))
  }

  const write = async (
    tenant: number,
    batch: readonly IncomingEngagement[],
    alongside: readonly SyncChange[],
  ): Promise<BatchCounts> => {
    await addMonths(tenant, batch)
    return inTurn(pool, tenant, statements, async (run) => {
      const [lastKey, before] = await Promise.all([
        run(statements.lastKey, { tenant }),
        read(run, tenant, [...new Set(batch.map(({ engagement }) => idOf(engagement)))]),
      ])
      const changes = changesOf(batch, before, Number(lastKey[0]?.[0] ?? 0))
      const { counts } = changes
      const nowMs = Date.now()
      const arrived = batch.some(({ moved }) => moved === undefined)
      if (changes.after.size > 0) await apply(run, tenant, changes)
      const rest = [
        ...recordingWrites(batch).map(([name, values]) => run(statements[name], { tenant, ...values })),
        changeCounts(run, statements, tenant, changes),
        ...(counts.added > 0 && arrived
          ? [run(statements.addArrival, { tenant, nowMs, lastKey: changes.lastKey })]
          : []),
        ...(counts.added + counts.changed > 0 ? [changeVersion(run, tenant, nowMs)] : []),
        ...alongside.map((change) => run(syncStatement(db, tenant, change), {})),
      ]
      await Promise.all(rest)
      return counts
    })
  }

  return {
    async write(tenantName, batch, alongside = []) {
      const tenant = await tenants.make(tenantName)
      return write(tenant, batch, alongside).catch((error: unknown) => {
        if (!isOfMissingMonth(error)) throw error
        months.forget()
        return write(tenant, batch, alongside)
      })
    },

    async remove(tenantName, id, { atMs, subject, address }) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return false
      return inTurn(
        pool,
        tenant,
        statements,
        async (run) => {
          const version = (await read(run, tenant, [id.toWellFormed()])).get(id.toWellFormed())
          if (version === undefined) return false
          const keys = await personKeys(run, statements, tenant, [...version.people].sort())
          await removeVersions(run, statements, tenant, [version])
          await removeUnneeded(run, statements, tenant, [version], keys, new Set())
          const [starts, durations] = [gatherStartChanges(), gatherDurationChanges()]
          starts.add(version.columns, -1)
          durations.add(version.columns, -1)
          await Promise.all([
            changeCounts(run, statements, tenant, { starts, durations }),
            run(statements.removePlace, { tenant, id: foundAs(id.toWellFormed()) }),
            ...(isLong(id) ? [run(statements.removeLongId, { tenant, key: version.key })] : []),
            run(statements.leaveFiles, { tenant, id }),
            run(statements.removeRecordings, { tenant, id }),
            changeVersion(run, tenant, Date.now()),
            run(statements.addAudit, {
              tenant,
              moments: [atMs],
              subjects: [subject ?? null],
              actions: ['delete'],
              targets: [id],
              addresses: [address],
              times: [1],
            }),
          ])
          return true
        },
        urgent,
      )
    },

    holdFiles: () => files.hold(),

    whileUnheld: (act) => files.whileUnheld(act),

    async leftFiles() {
      const files: LeftFile[] = []
      for (const { key, name } of await tenants.all()) {
        const rows = await transact(
          reading,
          { mode: 'read', tenant: key, statementMs: writeMs, urgent: true },
          (run) => run(leftFiles, { tenant: key }),
        )
        for (const [id, sha256] of rows) files.push({ tenant: name, id: String(id), sha256: String(sha256) })
      }
      return files
    },

    async clearLeftFile({ tenant: name, id, sha256 }, remove) {
      const tenant = await tenants.find(name)
      if (tenant === undefined) return 'cleared'
      const row = { tenant, id, sha256 }
      const done = await files.whileUnheld(async () => {
        const left = await inTurn(pool, tenant, statements, (run) => run(statements.isLeft, row), urgent)
        if (left.length === 0) return
        await remove()
        // In this order: whoever dies in between leaves a row too many, never a file.
        await inTurn(pool, tenant, statements, (run) => run(statements.keepFile, row), urgent)
      })
      return done ? 'cleared' : 'later'
    },
  }
}

/** The tables have no checks of ours: no partition takes a row, as somebody has detached its month. */
function isOfMissingMonth(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23514'
}

/** A transaction of a tenant while none of its other writers is in one. */
function inTurn<T>(
  pool: Connections,
  tenant: number,
  { takeTurn }: WriteStatements,
  work: (run: Run) => Promise<T>,
  how?: { readonly urgent: boolean },
): Promise<T> {
  return transact(pool, { mode: 'write', tenant, statementMs: writeMs, ...how }, async (run) => {
    await run(takeTurn, { tenant })
    return work(run)
  })
}

/** The bytes of a recording may have changed under the same document. */
function recordingWrites(
  batch: readonly IncomingEngagement[],
): ['leaveFile' | 'putRecording' | 'keepFile', Readonly<Record<string, unknown>>][] {
  return batch.flatMap(({ engagement, held }) =>
    held.flatMap(({ id, mediaType, size, sha256 }: HeldRecording) => {
      const values = { id, engagementId: engagement.id, mediaType, size, sha256 }
      return (['leaveFile', 'putRecording', 'keepFile'] as const).map(
        (name): [typeof name, typeof values] => [name, values],
      )
    }),
  )
}

function syncStatement(db: Kysely<PostgresTables>, tenant: number, change: SyncChange): NamedStatement {
  return template({ compile: () => syncChangeQuery(db as unknown as Kysely<Tables>, tenant, change) })
}
