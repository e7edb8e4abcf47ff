/**
 * Writes engagements into PostgreSQL: each batch one transaction of a few statements, however many rows it has. Writers of one
 * tenant take turns from their first statement on, in whatever instance they are: keys grow in the order of commits, which is
 * what arrivals, and so `asOf`, mean.
 */
import type { Kysely } from 'kysely'
import { DatabaseError } from 'pg'
import { writeEngagement } from '../../../../contract/representation/json.ts'
import type {
  BatchCounts,
  EngagementWriter,
  HeldRecording,
  IncomingEngagement,
  LeftFile,
} from '../../engagement-writer.ts'
import type { FileLock } from '../../file-lock.ts'
import type { Tables } from '../../schema.ts'
import { type Columns, columnsOf, participants } from '../../sortable-columns.ts'
import { template } from '../../statement.ts'
import { type SyncChange, syncChangeQuery } from '../../sync-changes.ts'
import { foundAs, isLong, sortedAs } from './long-texts.ts'
import type { Connections } from './open-pool.ts'
import { personKeys } from './person-keys.ts'
import { type PostgresTables, unknownDuration, unknownStart } from './schema.ts'
import { gatherStartChanges, type StartChanges } from './start-counts.ts'
import { byMonths, monthsToMake } from './start-months.ts'
import type { Tenants } from './tenants.ts'
import { type NamedStatement, type Run, transact, writeMs } from './transactions.ts'
import type { VersionFloors } from './version-floors.ts'
import { documentsByKeys } from './walk-statements.ts'
import { type WriteStatements, writeStatements } from './write-statements.ts'

/** Somebody waits for it. */
const urgent = { urgent: true }

/** An engagement as it is to be, or as it is. */
interface Version {
  readonly key: number
  readonly doc: string
  readonly columns: Columns
  readonly people: ReadonlySet<string>
}

interface Changes {
  readonly counts: BatchCounts
  readonly before: ReadonlyMap<string, Version>
  /** By id, those that are other than before. */
  readonly after: ReadonlyMap<string, Version>
  readonly lastKey: number
  readonly starts: StartChanges
}

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
      const { counts, starts } = changes
      const nowMs = Date.now()
      const arrived = batch.some(({ moved }) => moved === undefined)
      if (changes.after.size > 0) await apply(run, tenant, changes)
      const rest = [
        ...recordingWrites(batch).map(([name, values]) => run(statements[name], { tenant, ...values })),
        changeStarts(run, statements, tenant, starts),
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
          const starts = gatherStartChanges()
          starts.add(version.columns.status, version.columns.start, -1)
          await Promise.all([
            changeStarts(run, statements, tenant, starts),
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

function versionOf(key: number, doc: string): [string, Version] {
  const engagement: IncomingEngagement['engagement'] = JSON.parse(doc)
  const columns = columnsOf(engagement)
  return [idOf(engagement), { key, doc, columns, people: peopleOf(engagement) }]
}

/** As the database knows it: in UTF-8, which has no halves of characters. */
function idOf({ id }: IncomingEngagement['engagement']): string {
  return id.toWellFormed()
}

function peopleOf(engagement: IncomingEngagement['engagement']): ReadonlySet<string> {
  return new Set([...participants(engagement)].map((email) => email.toWellFormed()))
}

/** One after the other, as if each had been written by itself: an id twice in a batch is added, then changed. */
function changesOf(
  batch: readonly IncomingEngagement[],
  before: ReadonlyMap<string, Version>,
  lastKey: number,
): Changes {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const after = new Map<string, Version>()
  const starts = gatherStartChanges()
  let newest = lastKey
  for (const { engagement, moved } of batch) {
    const doc = moved?.doc ?? writeEngagement(engagement)
    const columns = columnsOf(engagement)
    const id = idOf(engagement)
    const known = after.get(id) ?? before.get(id)
    if (known?.doc === doc) {
      counts.unchanged++
      continue
    }
    if (known === undefined) counts.added++
    else {
      counts.changed++
      starts.add(known.columns.status, known.columns.start, -1)
    }
    starts.add(columns.status, columns.start, 1)
    const key = known?.key ?? moved?.key ?? ++newest
    after.set(id, { key, doc, columns, people: peopleOf(engagement) })
  }
  return { counts, before, after, lastKey: newest, starts }
}

async function removeVersions(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  versions: readonly Version[],
): Promise<void> {
  if (versions.length === 0) return
  await byMonths(
    versions.map((version) => ({ start: startOf(version), key: version.key })),
    async (of) => {
      await Promise.all([
        run(statements.removeParticipants, { tenant, ...of }),
        run(statements.removeEngagements, { tenant, ...of }),
      ])
      return []
    },
  )
}

async function addVersions(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  versions: readonly Version[],
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const parts = versions.flatMap((version) =>
    [...version.people].map((email) => ({ version, person: people.get(email) })),
  )
  const engagements = sortableLists(versions)
  const long = versions.filter(({ columns }) => isLong(columns.id))
  await Promise.all([
    run(statements.addEngagements, { tenant, ...engagements, docs: versions.map(({ doc }) => doc) }),
    run(statements.putPlaces, {
      tenant,
      ...engagements,
      ids: versions.map(({ columns }) => foundAs(columns.id.toWellFormed())),
    }),
    ...(long.length === 0
      ? []
      : [
          run(statements.addLongIds, {
            tenant,
            keys: long.map(({ key }) => key),
            ids: long.map(({ columns }) => columns.id),
          }),
        ]),
    run(statements.addParticipants, {
      tenant,
      ...sortableLists(parts.map(({ version }) => version)),
      persons: parts.map(({ person }) => person),
    }),
  ])
}

function sortableLists(versions: readonly Version[]) {
  return {
    starts: versions.map(startOf),
    keys: versions.map(({ key }) => key),
    ids: versions.map(({ columns }) => sortedAs(columns.id)),
    statuses: versions.map(({ columns }) => columns.status),
    ends: versions.map(({ columns }) => columns.end),
    durations: versions.map(({ columns }) => columns.duration ?? unknownDuration),
  }
}

function startOf({ columns }: Version): number {
  return columns.start ?? unknownStart
}

/** Nobody's email is kept for suggestions alone: who is in no engagement any more goes. */
async function removeUnneeded(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  gone: readonly Version[],
  keys: ReadonlyMap<string, number>,
  staying: ReadonlySet<string>,
): Promise<void> {
  const left = new Set(gone.flatMap((one) => [...one.people]).filter((email) => !staying.has(email)))
  if (left.size === 0) return
  const persons = [...left].flatMap((email) => keys.get(email) ?? [])
  await run(statements.removeUnneededPeople, { tenant, persons })
}

async function changeStarts(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  changes: StartChanges,
): Promise<void> {
  const list = changes.list()
  if (list.length === 0) return
  await run(statements.changeStarts, {
    tenant,
    statuses: list.map(({ status }) => status),
    units: list.map(({ unit }) => unit),
    ats: list.map(({ at }) => at),
    counts: list.map(({ engagements }) => engagements),
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
