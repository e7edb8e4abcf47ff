/** Engagements of PostgreSQL. Each answer is of one moment: all its statements see one snapshot. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EngagementFilter } from '../../../../contract/query/engagement-query.ts'
import { type EpochMs, earliestInstant } from '../../../../contract/query/instant.ts'
import { foldEmail } from '../../../../contract/query/param.ts'
import type { EngagementPage, HeldEngagements } from '../../../source/engagement-source.ts'
import { emptyHistogram } from '../../histogram-buckets.ts'
import { letsThrough } from '../../newer-rows.ts'
import { seedValues } from '../../sample-statement.ts'
import { slot, template } from '../../statement.ts'
import { narrowStarts } from './count-ended.ts'
import { createCounter } from './count-matching.ts'
import { type BatchWalk, createDocumentReader } from './document-reader.ts'
import { createKeptStarts } from './kept-starts.ts'
import { foundAs, isLong } from './long-texts.ts'
import { createNewerReader } from './newer-engagements.ts'
import type { Connections } from './open-pool.ts'
import { createHistogramReader } from './read-histogram.ts'
import { createPageReader, latest, type Matches, shallowOffset, shapeOf } from './read-page.ts'
import type { PostgresTables } from './schema.ts'
import { createStatementNames } from './statement-names.ts'
import type { Tenants } from './tenants.ts'
import { pageMs, type Run, transact, walkMs } from './transactions.ts'
import type { VersionFloors } from './version-floors.ts'
import { sampleWalk, whereValues } from './walk-statements.ts'

const emptyPage: EngagementPage = { hasMore: false, documents: [] }

/** Thrown where another host has to answer. */
const behind = new Error('A replica has yet to learn of what was told before')
const radix = 36
/** Those who want to know the version of the snapshot that they read. */
const snapshots = new AsyncLocalStorage<{ version?: string }>()

export interface ReadConnections {
  /** To a replica, where one is near enough. */
  readonly near: Connections
  /** To the primary, as long as there is one. */
  readonly fresh: Connections
  /** Whether `near` leads to a replica now. */
  readsReplica(): boolean
}

/** @param behindRows told of a tenant of whom what is kept has to be counted anew (`recount.ts`) */
export function createPostgresReader(
  { near, fresh, readsReplica }: ReadConnections,
  floors: VersionFloors,
  db: Kysely<PostgresTables>,
  tenants: Tenants,
  behindRows: (tenant: number) => void,
): HeldEngagements {
  const named = createStatementNames()
  const keptStarts = createKeptStarts(db, named, behindRows)
  const readNewer = createNewerReader(db, named)
  const countMatching = createCounter(db, named)
  const readHistogram = createHistogramReader(db, named)
  const readPage = createPageReader(db, named, keptStarts.isCounted)
  const documents = createDocumentReader(fresh, db, named)
  const fixed = (key: string, text: RawBuilder<unknown>) =>
    named(key, () => template({ compile: () => text.compile(db) }))
  const tenantSlot = slot('tenant')
  const peopleByEmails = fixed(
    'people',
    sql`select key from person where tenant = ${tenantSlot} and email = any(${slot('emails')}::text[])`,
  )
  const lastArrivals = fixed(
    'arrivals',
    sql`select at_ms, last_key from arrival where tenant = ${tenantSlot} and at_ms <= ${slot('moment')}::bigint
      order by at_ms desc limit 1`,
  )
  const placeById = fixed(
    'place',
    sql`select start_ms, key from engagement_key where tenant = ${tenantSlot} and id = ${slot('id')}`,
  )
  const emailsFrom = fixed(
    'emails',
    sql`select email from person where tenant = ${tenantSlot} and email >= ${slot('from')} and email < ${slot('to')}
      order by email limit ${slot('limit')}`,
  )
  /** The same where some are cut: by a walk over all of the tenant's. */
  const wholeEmailsFrom = fixed(
    'whole emails',
    sql`select email from (select coalesce(l.email, p.email) as email from person as p
      left join long_email as l on l.tenant = p.tenant and l.person = p.key where p.tenant = ${tenantSlot}) as e
      where starts_with(email, ${slot('from')}) order by email limit ${slot('limit')}`,
  )
  const recordingById = fixed(
    'recording',
    sql`select id, media_type, size, sha256 from recording where tenant = ${tenantSlot} and id = ${slot('id')}`,
  )
  const versionOf = fixed('version', sql`select version from tenant where key = ${tenantSlot}`)

  /** What is read later must not be older than what somebody was told of. */
  const tell = (tenant: number, version: number): string => {
    floors.raise(tenant, version)
    return version.toString(radix)
  }

  /** From a replica, unless it has yet to learn what this process has written or told of before. */
  const read = async <T>(
    tenant: number,
    work: (run: Run, replica: boolean) => Promise<T>,
    statementMs = pageMs,
  ): Promise<T> => {
    const limits = { mode: 'read', tenant, statementMs, urgent: true } as const
    const seen = snapshots.getStore()
    const inSnapshot = async (run: Run, replica: boolean): Promise<T> => {
      if (!replica && seen === undefined) return work(run, false)
      const asked = run(versionOf, { tenant })
      const result = await work(run, replica)
      const version = Number((await asked)[0]?.[0])
      if (replica && !floors.isReached(tenant, version)) throw behind
      if (seen !== undefined) seen.version = tell(tenant, version)
      return result
    }
    const atPrimary = () => transact(fresh, limits, (run) => inSnapshot(run, false))
    if (!readsReplica()) return atPrimary()
    return transact(near, limits, (run) => inSnapshot(run, true)).catch((error: unknown) => {
      if (error !== behind) throw error
      return atPrimary()
    })
  }

  const lastArrival = async (run: Run, tenant: number, asOf: EpochMs | 'now') => {
    const [row] = await run(lastArrivals, { tenant, moment: asOf === 'now' ? latest : asOf })
    return row && { atMs: Number(row[0]), lastKey: Number(row[1]) }
  }

  /** What a filter means here; nothing: no engagement can match. */
  const matchesOf = async (
    run: Run,
    replica: boolean,
    tenant: number,
    filter: EngagementFilter,
  ): Promise<Matches | undefined> => {
    const { user, asOf } = filter
    const [people, arrival, newest] = await Promise.all([
      user.length === 0 ? [] : run(peopleByEmails, { tenant, emails: user.map(foundAs) }),
      asOf === undefined ? undefined : lastArrival(run, tenant, asOf),
      typeof asOf === 'number' && replica ? lastArrival(run, tenant, 'now') : undefined,
    ])
    // Between its newest arrival and the moment there may be others that it has yet to learn of.
    if (typeof asOf === 'number' && replica && (newest?.atMs ?? earliestInstant) < asOf) throw behind
    if (user.length > 0 && people.length === 0) return undefined
    if (asOf !== undefined && arrival === undefined) return undefined
    return { tenant, people: people.map(([key]) => Number(key)), lastKey: arrival?.lastKey }
  }

  /** Nothing came in after the moment: the kept counts are of it. */
  const isPresent = async (run: Run, { tenant, lastKey }: Matches): Promise<boolean> =>
    lastKey === undefined || (await lastArrival(run, tenant, 'now'))?.lastKey === lastKey

  /** What is kept of starts, for ends that are filtered. */
  const keptFor = async (run: Run, tenant: number, { endAfter, endBefore }: EngagementFilter) =>
    endAfter === undefined && endBefore === undefined ? undefined : keptStarts.read(run, tenant)

  /** What came in after the moment; nothing: too much, or it cannot be told whether it is of the users. */
  const newerOf = async (run: Run, { tenant, people, lastKey }: Matches) => {
    if (lastKey === undefined) return []
    const newestKey = (await lastArrival(run, tenant, 'now'))?.lastKey ?? lastKey
    return people.length === 0 || newestKey === lastKey
      ? readNewer(run, { tenant, lastKey, newestKey })
      : undefined
  }

  const versionNow = async (tenantName: string, seen?: string): Promise<string> => {
    const tenant = await tenants.find(tenantName)
    if (tenant === undefined) return '0'
    const least = seen === undefined ? 0 : Number.parseInt(seen, radix)
    const [row] = await read(tenant, async (run, replica) => {
      const found = await run(versionOf, { tenant })
      if (replica && Number(found[0]?.[0] ?? 0) < least) throw behind
      return found
    })
    return tell(tenant, Number(row?.[0] ?? 0))
  }
  const versions = new Map<string, { readonly atMs: number; readonly version: Promise<string> }>()

  return {
    async page(tenantName, query) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return emptyPage
      const { limit, offset } = query
      const limitMs = offset > shallowOffset ? walkMs : pageMs
      return read(
        tenant,
        async (run, replica) => {
          const matches = await matchesOf(run, replica, tenant, query)
          if (matches === undefined) return emptyPage
          const kept = await keptFor(run, tenant, query)
          const narrowed = kept === undefined ? query : narrowStarts(kept, query)
          if (narrowed === undefined) return emptyPage
          const walked = await readPage(run, matches, narrowed, () => isPresent(run, matches))
          const found = await documents.inSnapshot(run, tenant, walked.slice(0, limit))
          return { hasMore: walked.length > limit, documents: found }
        },
        limitMs,
      )
    },

    async *batches(tenantName, query) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return
      const matches = await read(tenant, (run, replica) => matchesOf(run, replica, tenant, query), walkMs)
      if (matches === undefined) return
      const walk: BatchWalk = {
        tenant,
        shape: shapeOf(query, query.sort, matches),
        values: whereValues(tenant, matches.people, query, matches.lastKey),
      }
      yield* documents.batches(walk)
    },

    async versioned(readOnce) {
      const seen: { version?: string } = {}
      const value = await snapshots.run(seen, async () => readOnce())
      return { value, version: seen.version }
    },

    version(tenantName, of, seen) {
      const atMs = Date.now()
      const last = versions.get(tenantName)
      if (of === 'lately' && last?.atMs === atMs) return last.version
      const version = versionNow(tenantName, seen)
      versions.set(tenantName, { atMs, version })
      return version
    },

    async count(tenantName, filter) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return 0
      return read(
        tenant,
        async (run, replica) => {
          const matches = await matchesOf(run, replica, tenant, filter)
          if (matches === undefined) return 0
          const newer = await newerOf(run, matches)
          const kept = await keptFor(run, tenant, filter)
          if (newer === undefined) return countMatching(run, matches, filter, kept)
          const without = newer.filter((row) => letsThrough(filter, row)).length
          return (await countMatching(run, { ...matches, lastKey: undefined }, filter, kept)) - without
        },
        walkMs,
      )
    },

    async sample(tenantName, query) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return []
      return read(
        tenant,
        async (run, replica) => {
          const matches = await matchesOf(run, replica, tenant, query)
          if (matches === undefined) return []
          const shape = shapeOf(query, query.sort, matches)
          const statement = named(`sample ${Object.values(shape).join(' ')}`, () => sampleWalk(db, shape))
          const values = whereValues(tenant, matches.people, query, matches.lastKey)
          const drawn = await run(statement, { ...values, ...seedValues(query.seed), take: query.limit })
          return documents.inSnapshot(run, tenant, drawn)
        },
        walkMs,
      )
    },

    async histogram(tenantName, query) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return emptyHistogram(query)
      return read(
        tenant,
        async (run, replica) => {
          const matches = await matchesOf(run, replica, tenant, query)
          if (matches === undefined) return emptyHistogram(query)
          const [kept, newer] = [await keptFor(run, tenant, query), await newerOf(run, matches)]
          const present = newer?.length === 0 ? { ...matches, lastKey: undefined } : matches
          return readHistogram(run, present, query, newer, kept)
        },
        walkMs,
      )
    },

    async arrivedBy(tenantName, asOf) {
      const tenant = await tenants.find(tenantName)
      const arrival =
        tenant === undefined
          ? undefined
          : await read(tenant, async (run, replica) => {
              const newest = replica && asOf !== 'now' ? await lastArrival(run, tenant, 'now') : undefined
              if (replica && asOf !== 'now' && (newest?.atMs ?? earliestInstant) < asOf) throw behind
              return lastArrival(run, tenant, asOf)
            })
      return Math.max(arrival?.atMs ?? earliestInstant, earliestInstant)
    },

    async engagement(tenantName, id) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return undefined
      return read(tenant, async (run) => {
        const [document] = await documents.inSnapshot(
          run,
          tenant,
          await run(placeById, { tenant, id: foundAs(id) }),
        )
        return document
      })
    },

    async users(tenantName, { startsWith = '', limit }) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return []
      const from = foldEmail(startsWith)
      const rows = await read(tenant, async (run) => {
        if (isLong(`${from}${from}`)) return run(wholeEmailsFrom, { tenant, from, limit })
        const found = await run(emailsFrom, { tenant, from, to: `${from}\u{10ffff}`, limit })
        return found.some(([email]) => isLong(String(email)))
          ? run(wholeEmailsFrom, { tenant, from, limit })
          : found
      })
      return rows.map(([email]) => String(email))
    },

    async recording(tenantName, recordingId) {
      const tenant = await tenants.find(tenantName)
      if (tenant === undefined) return undefined
      const [row] = await read(tenant, (run) => run(recordingById, { tenant, id: recordingId }))
      if (row === undefined) return undefined
      return { id: String(row[0]), mediaType: String(row[1]), size: Number(row[2]), sha256: String(row[3]) }
    },
  }
}
