/**
 * The `StoreCheck` of PostgreSQL: counts of starts, places of ids, and people, each against the engagements. Every statement
 * sees one moment by itself, so writers need not wait for it. What the server finds damaged itself, `pg_amcheck` tells.
 */
import { Kysely, type RawBuilder, sql } from 'kysely'
import { type CheckedTenant, type Finding, findingOf } from '../../check/finding.ts'
import type { KeptRecording, StoreCheck } from '../../check/store-check.ts'
import type { IncomingEngagement } from '../../engagement-writer.ts'
import { participants } from '../../sortable-columns.ts'
import { tenantDialect } from './dialect.ts'
import type { Connections } from './open-pool.ts'
import { type PostgresTables, unknownStart } from './schema.ts'
import { unitCodes } from './start-counts.ts'
import type { Tenants } from './tenants.ts'
import { unescapeText } from './text-escape.ts'

const rowsAtOnce = 1000
const hourMs = 3_600_000

/** @param pool of connections whose statements may walk over all rows of a tenant */
export function createPostgresCheck(pool: Connections, tenants: Tenants): StoreCheck {
  const of = (tenant: number) =>
    new Kysely<PostgresTables>({ dialect: tenantDialect(() => pool.connect(), tenant) })

  return {
    async findings(signal) {
      const findings: Finding[] = []
      for (const tenant of await tenants.all()) {
        const db = of(tenant.key)
        signal.throwIfAborted()
        findings.push(...(await checkStarts(db, tenant)))
        signal.throwIfAborted()
        findings.push(...(await checkPlaces(db, tenant)), ...(await checkPeople(db, tenant, signal)))
      }
      return findings
    },

    async *recordings() {
      for (const { key, name } of await tenants.all()) yield* recordingsOf(of(key), name)
    },

    async repair(findings, signal) {
      if (!findings.some(({ repair }) => repair === 'rollups')) return []
      for (const { key } of await tenants.all()) {
        signal.throwIfAborted()
        await of(key)
          .transaction()
          .execute(async (write) => {
            await write.selectFrom('tenant').select('key').where('key', '=', key).forNoKeyUpdate().execute()
            await write.deleteFrom('start_count').where('tenant', '=', key).execute()
            await sql`insert into start_count (tenant, status, unit, at, engagements)
              select ${key}, status, unit, at, engagements from (${counted(key)}) as c`.execute(write)
            // Servers keep what they have read for as long as the version stays.
            await sql`update tenant set version = version + 1 where key = ${key}`.execute(write)
          })
      }
      return ['Counted starts anew from the rows']
    },
  }
}

/** What `start_count` has to be. */
function counted(tenant: number): RawBuilder<unknown> {
  const by = (unit: keyof typeof unitCodes) => {
    const at = sql`floor(start_ms / ${sql.lit(unit === 'day' ? 24 * hourMs : hourMs)}::numeric)::integer`
    return sql`select status, ${sql.lit(unitCodes[unit])}::smallint as unit, ${at} as at, count(*)::integer as engagements
      from engagement where tenant = ${tenant} and start_ms <> ${unknownStart} group by status, ${at}`
  }
  return sql`${by('day')} union all ${by('hour')}`
}

async function checkStarts(db: Kysely<PostgresTables>, tenant: CheckedTenant): Promise<readonly Finding[]> {
  const { rows } = await sql<{ status: 0 | 1 | 2; place: string; kept: number; there: number }>`
    select status, case unit when ${unitCodes.day} then 'day ' else 'hour ' end || at as place,
      coalesce(k.engagements, 0) as kept, coalesce(c.engagements, 0) as there
    from (select status, unit, at, engagements from start_count where tenant = ${tenant.key}) as k
      full join (${counted(tenant.key)}) as c using (status, unit, at)
    where coalesce(k.engagements, 0) <> coalesce(c.engagements, 0) order by status, unit, at`.execute(db)
  return ([1, 0, 2] as const).flatMap((status) =>
    findingOf(
      tenant,
      status,
      'kept counts of starts differ from the rows',
      rows
        .filter((row) => row.status === status)
        .map(({ place, kept, there }) => `of ${place} since 1970 it is ${kept}, the rows are ${there}`),
      'rollups',
    ),
  )
}

async function checkPlaces(db: Kysely<PostgresTables>, tenant: CheckedTenant): Promise<readonly Finding[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (select id, key, start_ms from engagement_key where tenant = ${tenant.key}) as k
      full join (select id, key, start_ms from engagement where tenant = ${tenant.key}) as e using (id, key, start_ms)
    where k is null or e is null order by id`.execute(db)
  const ids = rows.map(({ id }) => id)
  return findingOf(tenant, undefined, 'ids lead elsewhere than to their engagements', ids, undefined)
}

interface EngagementPeople {
  key: number
  doc: string
  emails: readonly string[]
}

/** Who is kept as having taken part against who the documents say did. */
async function checkPeople(
  db: Kysely<PostgresTables>,
  tenant: CheckedTenant,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const wrong: string[] = []
  for (let last = { start: Number.MIN_SAFE_INTEGER - 1, key: -1 }; ; ) {
    signal.throwIfAborted()
    const { rows } = await sql<EngagementPeople & { start_ms: number }>`
      select e.start_ms, e.key, e.doc, array(
        select p.email from participant as a join person as p on p.tenant = a.tenant and p.key = a.person
        where a.tenant = ${tenant.key} and a.start_ms = e.start_ms and a.engagement = e.key) as emails
      from engagement as e
      where e.tenant = ${tenant.key} and (e.start_ms, e.key) > (${last.start}, ${last.key})
      order by e.start_ms, e.key limit ${rowsAtOnce}`.execute(db)
    const end = rows.at(-1)
    if (end === undefined) break
    last = { start: end.start_ms, key: end.key }
    for (const { doc, emails: kept } of rows) {
      // Texts in a list come as they are kept.
      const emails = kept.map(unescapeText)
      const engagement: IncomingEngagement['engagement'] = JSON.parse(doc)
      const people = participants(engagement)
      if (people.size !== emails.length || emails.some((email) => !people.has(email)))
        wrong.push(engagement.id)
    }
  }
  const { rows: idle } = await sql<{ email: string }>`
    select email from person as p where tenant = ${tenant.key} and not exists (
      select from participant as a where a.tenant = ${tenant.key} and a.person = p.key) order by email`.execute(
    db,
  )
  const emails = idle.map(({ email }) => email)
  return [
    ...findingOf(tenant, undefined, 'others are kept as users than the documents have', wrong, undefined),
    ...findingOf(tenant, undefined, 'people are kept who took part in nothing', emails, undefined),
  ]
}

async function* recordingsOf(db: Kysely<PostgresTables>, tenant: string): AsyncGenerator<KeptRecording> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('recording as r')
      .select(['r.id', 'r.media_type', 'r.size', 'r.sha256'])
      .select((eb) =>
        eb
          .exists(
            eb
              .selectFrom('engagement_key as e')
              .select('e.key')
              .whereRef('e.tenant', '=', 'r.tenant')
              .whereRef('e.id', '=', 'r.engagement_id'),
          )
          .as('placed'),
      )
      .where('r.id', '>', last)
      .orderBy('r.id')
      .limit(rowsAtOnce)
      .execute()
    for (const { id, media_type: mediaType, size, sha256, placed } of rows)
      yield { tenant, id, mediaType, size: Number(size), sha256, placed: Boolean(placed) }
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.id
  }
}
