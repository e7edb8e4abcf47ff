/** Pages, single documents, people and recordings, read with prepared statements. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type {
  EngagementFilter,
  EngagementQuery,
  EngagementSelection,
} from '../../contract/query/engagement-query.ts'
import { type EpochMs, earliestInstant } from '../../contract/query/instant.ts'
import { foldEmail } from '../../contract/query/param.ts'
import type { PeopleQuery } from '../../contract/query/people-query.ts'
import type { EngagementPage, HeldEngagements } from '../source/engagement-source.ts'
import type { Arrivals } from './arrivals.ts'
import { createDaysOfUsers } from './days-of-users.ts'
import { createDurationPlaces } from './duration-place.ts'
import { type Chosen, createEngagementBatches, sortedRows } from './engagement-batches.ts'
import { createEngagementCounter } from './engagement-counter.ts'
import { createHistogramReader } from './engagement-histogram.ts'
import { createEngagementSampler } from './engagement-sampler.ts'
import type { HeldRecording } from './engagement-writer.ts'
import { emptyHistogram } from './histogram-buckets.ts'
import { createKeptDays } from './kept-days.ts'
import { createStartNarrowing } from './narrow-starts.ts'
import { createNewerRows } from './newer-rows.ts'
import { createOneMoment } from './one-moment.ts'
import { isSorted, type PageShape, pageSlots, pageStatement, pageValues } from './page-statement.ts'
import type { Tables } from './schema.ts'
import { shortId } from './short-id.ts'
import { createStagedPages } from './staged-pages.ts'
import { createStartCounts } from './start-counts.ts'
import { dayMs, startDay } from './start-days.ts'
import { earliestStart, latestStart } from './start-pieces.ts'
import { fill, filler, slot, type Template, template } from './statement.ts'
import { createStatementCache } from './statement-cache.ts'
import type { TenantVersions } from './tenant-versions.ts'
import { createUsersByDuration } from './users-by-duration.ts'

/** What sorting a row costs, in rows that are passed in a walk: where the first few are asked for, and where many are. */
const sortCosts = { few: 4, many: 16 } as const
/** So many are sorted in any case. */
const fewestSorted = 1000
const keptStatements = 256
const keptHistogramStatements = 128
const anyEnd = { endAfter: undefined, endBefore: undefined }
const emptyPage: EngagementPage = { hasMore: false, documents: [] }

/** A filter in the keys of the database. */
type Matches = Omit<Chosen, 'shape'>

interface Prepared {
  readonly statement: StatementSync
  readonly parameters: Template['parameters']
}

interface PreparedPage {
  readonly statement: StatementSync
  readonly fill: ReturnType<typeof filler>
}

/** @param walked another connection to the same database, for what reads all of it */
export function createEngagementReader(
  database: DatabaseSync,
  walked: DatabaseSync,
  db: Kysely<Tables>,
  versions: TenantVersions,
  arrivals: Arrivals,
): HeldEngagements {
  const pages = new Map<string, PreparedPage>()
  const cached = createStatementCache(database, keptStatements)
  const atOneMoment = createOneMoment(database)
  const newestKey = (tenant: number) => arrivals.lastBy(tenant, latestStart)?.lastKey ?? 0
  const newerRows = createNewerRows(cached, db, newestKey)
  const keptDays = createKeptDays(cached, db)
  const countStarts = createStartCounts(cached, db, keptDays, newerRows)
  const findDurationPlace = createDurationPlaces(cached, db)
  const stagedPages = createStagedPages(atOneMoment, db, cached, {
    versions,
    countStarts,
    newerRows,
    findDurationPlace,
  })
  const readUsersByDuration = createUsersByDuration(cached, db)
  const narrowStarts = createStartNarrowing(atOneMoment, db, cached, versions, keptDays)
  const countDaysOfUsers = createDaysOfUsers(cached, db, keptDays)
  const countEngagements = createEngagementCounter(
    atOneMoment,
    db,
    cached,
    versions,
    countStarts,
    narrowStarts,
    countDaysOfUsers,
  )
  const sampleEngagements = createEngagementSampler(database, db)
  const readBatches = createEngagementBatches(walked, db)
  const readHistogram = createHistogramReader(
    atOneMoment,
    createStatementCache(database, keptHistogramStatements),
    db,
    {
      versions,
      countStarts,
      narrowStarts,
      countDaysOfUsers,
    },
  )
  const prepare = ({ sql, parameters }: Template): Prepared => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    return { statement, parameters }
  }
  const run = ({ statement, parameters }: Prepared, values: Readonly<Record<string, SQLInputValue>>) =>
    // setReturnArrays gives a row as an array, which the types do not know.
    statement.all(...fill(parameters, values)) as unknown as SQLInputValue[][]

  const tenantByName = prepare(
    template(db.selectFrom('tenant').select('key').where('name', '=', slot<string>('name'))),
  )
  const documentById = prepare(
    template(
      db
        .selectFrom('engagement as e')
        .innerJoin('document as d', 'd.key', 'e.key')
        .select('d.doc')
        .where('e.tenant', '=', slot<number>('tenant'))
        .where('e.id', '=', slot<Uint8Array>('id')),
    ),
  )
  const personByEmail = prepare(
    template(
      db
        .selectFrom('person')
        .select('key')
        .where('tenant', '=', slot<number>('tenant'))
        .where('email', '=', slot<string>('email')),
    ),
  )
  const emailsFrom = prepare(
    template(
      db
        .selectFrom('person')
        .select('email')
        .where('tenant', '=', slot<number>('tenant'))
        .where('email', '>=', slot<string>('from'))
        .where('email', '<', slot<string>('to'))
        .orderBy('email')
        .limit(slot<number>('limit')),
    ),
  )
  const recordingById = prepare(
    template(
      db
        .selectFrom('recording')
        .select(['id', 'media_type', 'size', 'sha256'])
        .where('tenant', '=', slot<number>('tenant'))
        .where('id', '=', slot<string>('id')),
    ),
  )
  const wholeDaysInRange = prepare(
    template(
      db
        .selectFrom('start_day')
        .select('engagements')
        .where('tenant', '=', slot<number>('tenant'))
        .where('status', '=', slot<1>('status'))
        .where('day', '>=', slot<number>('first'))
        .where('day', '<=', slot<number>('last')),
    ),
  )

  // Tenants are never renamed, so a key once read stays true.
  const tenantKeys = new Map<string, number>()
  const tenantKey = (name: string): number | undefined => {
    const known = tenantKeys.get(name)
    if (known !== undefined) return known
    const key = run(tenantByName, { name })[0]?.[0]
    if (typeof key !== 'number') return undefined
    tenantKeys.set(name, key)
    return key
  }

  const lastArrival = (tenant: number, asOf: EpochMs | 'now') =>
    arrivals.lastBy(tenant, asOf === 'now' ? latestStart : asOf)

  /** Users are asked for by their keys, which may be another's as soon as somebody else has written. */
  const ofUsers = <Value>({ user }: Pick<EngagementFilter, 'user'>, read: () => Value): Value =>
    user.length === 0 ? read() : atOneMoment(read)

  /** The keys of those who are known. */
  const peopleKeys = (tenant: number, emails: readonly string[]): number[] =>
    emails.flatMap((email) => run(personByEmail, { tenant, email }).map(([key]) => Number(key)))

  /** What a filter means here; nothing: no engagement can match. */
  const matchesOf = (tenantName: string, filter: EngagementFilter): Matches | undefined => {
    const tenant = tenantKey(tenantName)
    if (tenant === undefined) return undefined
    const people = peopleKeys(tenant, filter.user)
    if (filter.user.length > 0 && people.length === 0) return undefined
    const lastKey = filter.asOf === undefined ? undefined : lastArrival(tenant, filter.asOf)?.lastKey
    if (filter.asOf !== undefined && lastKey === undefined) return undefined
    return { tenant, people, lastKey }
  }

  /** @param take how many rows from the beginning on are asked for at once */
  const planOf = (tenant: number, query: EngagementSelection, take: number): PageShape['plan'] => {
    const { startAfter, startBefore, status } = query
    const byDuration = query.sort === 'shortest' || query.sort === 'longest'
    const ranged = startAfter !== undefined || startBefore !== undefined
    if (!byDuration || !ranged || query.user.length > 0) return 'walk'
    // Of n among all rows each nth is in the range, and no more than all are passed.
    const all = newestKey(tenant)
    const cost = sortCosts[take > fewestSorted ? 'many' : 'few']
    const most = Math.max(Math.min(all, Math.sqrt(cost * take * all)) / cost, fewestSorted)
    const range = {
      tenant,
      status: status === 'unsuccessful' ? 0 : 1,
      first: Math.ceil((startAfter ?? earliestStart) / dayMs),
      last: startDay((startBefore ?? latestStart) + 1) - 1,
    }
    // Busy days are few until the limit is passed; quiet ones are few rows.
    let left = most
    const { statement, parameters } = wholeDaysInRange
    for (const [engagements] of statement.iterate(...fill(parameters, range)) as unknown as Iterable<
      [number]
    >) {
      left -= engagements
      if (left < 0) return 'walk'
    }
    // What is left are parts of days, of which any may hold more.
    return countRange(tenant, query) > most ? 'walk' : 'range'
  }

  const countRange = (tenant: number, { status, startAfter, startBefore }: EngagementSelection): number => {
    const filter = { status, user: [], startAfter, startBefore, ...anyEnd, asOf: undefined }
    return countEngagements(tenant, [], filter, undefined)
  }

  const chosenBy = (matches: Matches, query: EngagementSelection, take: number): Chosen => {
    const { tenant, people, lastKey } = matches
    const shape: PageShape = {
      sort: query.sort,
      status: query.status,
      users: people.length,
      startAfter: query.startAfter !== undefined,
      startBefore: query.startBefore !== undefined,
      endAfter: query.endAfter !== undefined,
      endBefore: query.endBefore !== undefined,
      asOf: lastKey !== undefined,
      plan: planOf(tenant, query, take),
    }
    return { ...matches, shape }
  }

  const preparedPage = (shape: PageShape): PreparedPage => {
    const { sort, status, users, startAfter, startBefore, endAfter, endBefore, asOf, plan } = shape
    const key = `${sort} ${status} ${users} ${startAfter} ${startBefore} ${endAfter} ${endBefore} ${asOf} ${plan}`
    const known = pages.get(key)
    if (known) return known
    const { statement, parameters } = prepare(pageStatement(db, shape))
    const made = { statement, fill: filler(parameters, pageSlots(users)) }
    const [oldest] = pages.keys()
    if (pages.size >= keptStatements && oldest !== undefined) pages.delete(oldest)
    pages.set(key, made)
    return made
  }

  const readWalked = (matches: Matches, asked: EngagementQuery): readonly string[] => {
    const { tenant, people, lastKey } = matches
    const query = narrowStarts(tenant, asked)
    if (query === undefined) return []
    const { shape } = chosenBy(matches, query, query.offset + query.limit + 1)
    const staged = shape.plan === 'walk' ? stagedPages.through(matches, query) : undefined
    if (staged !== undefined) return staged
    if (isSorted(shape) && people.length > 0) {
      const known = { version: versions.now(tenant), rows: newestKey(tenant) }
      const walked = readUsersByDuration({ ...matches, ...known }, query)
      if (walked !== undefined) return walked
    }
    const { statement, fill: fillPage } = preparedPage(shape)
    const values = fillPage(pageValues(tenant, query, people, lastKey))
    return (statement.all(...values) as unknown as SQLInputValue[][]).map((row) => String(row[0]))
  }

  return {
    page: (tenantName, query) =>
      ofUsers(query, () => {
        const matches = matchesOf(tenantName, query)
        if (matches === undefined) return emptyPage
        const documents = [...(stagedPages.placed(matches, query) ?? readWalked(matches, query))]
        const hasMore = documents.length > query.limit
        if (hasMore) documents.pop()
        return { hasMore, documents }
      }),

    batches(tenantName, selection) {
      const matches = matchesOf(tenantName, selection)
      if (matches === undefined) return []
      const query = narrowStarts(matches.tenant, selection)
      return query === undefined ? [] : readBatches(chosenBy(matches, query, sortedRows), query)
    },

    version(tenantName, of) {
      const tenant = tenantKey(tenantName)
      return tenant === undefined ? '0' : versions[of](tenant)
    },

    count: async (tenantName, filter) =>
      ofUsers(filter, () => {
        const asked = matchesOf(tenantName, filter)
        if (asked === undefined) return 0
        return countEngagements(asked.tenant, asked.people, filter, asked.lastKey)
      }),

    sample: async (tenantName, query) =>
      ofUsers(query, () => {
        const asked = matchesOf(tenantName, query)
        if (asked === undefined) return []
        const { tenant, people, lastKey } = asked
        const narrowed = narrowStarts(tenant, query)
        return narrowed === undefined ? [] : sampleEngagements(tenant, people, narrowed, lastKey)
      }),

    histogram: async (tenantName, query) =>
      ofUsers(query, () => {
        const asked = matchesOf(tenantName, query)
        if (asked === undefined) return emptyHistogram(query)
        return readHistogram(asked.tenant, asked.people, query, asked.lastKey)
      }),

    arrivedBy(tenantName, asOf) {
      const tenant = tenantKey(tenantName)
      const arrival = tenant === undefined ? undefined : lastArrival(tenant, asOf)
      return Math.max(arrival?.atMs ?? earliestInstant, earliestInstant)
    },

    async engagement(tenantName, id) {
      const tenant = tenantKey(tenantName)
      const doc = tenant === undefined ? undefined : run(documentById, { tenant, id: shortId(id) })[0]?.[0]
      return typeof doc === 'string' ? doc : undefined
    },

    async users(tenantName, { startsWith = '', limit }: PeopleQuery) {
      const tenant = tenantKey(tenantName)
      if (tenant === undefined) return []
      const from = foldEmail(startsWith)
      return run(emailsFrom, { tenant, from, to: `${from}\u{10ffff}`, limit }).map((row) => String(row[0]))
    },

    async recording(tenantName, recordingId): Promise<HeldRecording | undefined> {
      const tenant = tenantKey(tenantName)
      const row = tenant === undefined ? undefined : run(recordingById, { tenant, id: recordingId })[0]
      if (row === undefined) return undefined
      return { id: String(row[0]), mediaType: String(row[1]), size: Number(row[2]), sha256: String(row[3]) }
    },
  }
}
