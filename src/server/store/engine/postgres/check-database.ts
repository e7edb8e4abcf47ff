/**
 * The `StoreCheck` of PostgreSQL: counts of starts and durations, places of ids, and people, each against the engagements. Of each
 * tenant it sees one moment, and repairs are one transaction. What the server finds damaged itself, `pg_amcheck` tells.
 */
import { Kysely, sql } from 'kysely'
import { type CheckedTenant, type Finding, findingOf } from '../../check/finding.ts'
import { namedBytes } from '../../check/named-bytes.ts'
import type { KeptRecording, StoreCheck } from '../../check/store-check.ts'
import type { HeldBytes } from '../../engagement-writer.ts'
import { checkCounts } from './check-database-counts.ts'
import { checkPeople, repairPeople } from './check-database-people.ts'
import { tenantDialect } from './dialect.ts'
import { foundAs, mostIndexedBytes } from './long-texts.ts'
import type { Connections } from './open-pool.ts'
import { countAnew } from './recount.ts'
import type { PostgresTables } from './schema.ts'
import type { Tenants } from './tenants.ts'
import { type Run, transact } from './transactions.ts'

const rowsAtOnce = 1000
/** Of one that walks over all rows of a tenant. */
const statementMs = 3_600_000

/** @param pool of connections whose statements may walk over all rows of a tenant */
export function createPostgresCheck(pool: Connections, tenants: Tenants): StoreCheck {
  const of = (tenant: number) =>
    new Kysely<PostgresTables>({ dialect: tenantDialect(() => pool.connect(), tenant) })
  const limits = (tenant: CheckedTenant, mode: 'read' | 'write') => ({
    mode,
    tenant: tenant.key,
    statementMs,
  })
  /** What is right of one tenant is not made anew for another's sake. */
  const tenantOf = new WeakMap<Finding, CheckedTenant>()

  return {
    async findings(signal) {
      const findings: Finding[] = []
      for (const tenant of await tenants.all()) {
        const found = await transact(pool, limits(tenant, 'read'), async (run) => {
          signal.throwIfAborted()
          const counts = await checkCounts(run, tenant)
          return [...counts, ...(await checkPlaces(run, tenant)), ...(await checkPeople(run, tenant, signal))]
        })
        for (const finding of found) tenantOf.set(finding, tenant)
        findings.push(...found)
      }
      return findings
    },

    async *recordings() {
      for (const { key, name } of await tenants.all()) yield* recordingsOf(of(key), name)
    },

    async tenants() {
      return (await tenants.all()).map(({ name }) => name)
    },

    async *named(tenant, sha256s) {
      const key = await tenants.find(tenant)
      if (key === undefined) return
      const db = of(key)
      const among = sha256s && sql`and sha256 = any(${sha256s})`
      yield* namedBytes<HeldBytes>(({ name, id }, last, most) =>
        sql<HeldBytes>`select ${id} as id, sha256 from ${name}
          where tenant = ${key} and (${id}, sha256) > (${last?.id ?? ''}, ${last?.sha256 ?? ''}) ${among ?? sql``}
          order by ${id}, sha256 limit ${most}`.execute(db),
      )
    },

    async repair(findings, signal) {
      const wrong = new Map<CheckedTenant, Set<Repair>>()
      for (const finding of findings) {
        const tenant = tenantOf.get(finding)
        if (tenant === undefined || finding.repair === undefined) continue
        wrong.set(tenant, (wrong.get(tenant) ?? new Set()).add(finding.repair))
      }
      for (const [tenant, repairs] of wrong)
        await transact(pool, limits(tenant, 'write'), async (run) => {
          await change(run, tenant, 'select version from tenant where key = $1 for no key update')
          for (const [name, { make }] of Object.entries(repaired))
            if (repairs.has(name as Repair)) await make(run, tenant, signal)
          // Servers keep what they have read for as long as the version stays.
          await change(
            run,
            tenant,
            `update tenant set version = version + 1, counted_version =
              case when counted_version = version then version + 1 else counted_version end where key = $1`,
          )
        })
      const done = new Set([...wrong.values()].flatMap((repairs) => [...repairs]))
      return Object.entries(repaired).flatMap(([name, { told }]) => (done.has(name as Repair) ? [told] : []))
    },
  }
}

type Repair = NonNullable<Finding['repair']>

/** In the order in which they are made. */
const repaired: Readonly<
  Record<
    Repair,
    {
      readonly told: string
      make(run: Run, tenant: CheckedTenant, signal: AbortSignal): Promise<void>
    }
  >
> = {
  places: {
    told: 'Made the places of ids anew from the engagements',
    async make(run, tenant) {
      await change(run, tenant, 'delete from engagement_key where tenant = $1')
      await change(
        run,
        tenant,
        `insert into engagement_key (tenant, id, key, start_ms) select $1, id, key, start_ms from (${places}) as e`,
      )
    },
  },
  people: {
    told: 'Made the rows of participants and people anew from the documents',
    make: repairPeople,
  },
  rollups: {
    told: 'Counted starts and durations anew from the rows',
    make: (run, { key }) => countAnew(run, key),
  },
}

async function change(run: Run, { key }: CheckedTenant, sql: string): Promise<void> {
  await run({ sql, parameters: [key] }, {})
}

/** By what their ids are found by, which those that are cut are not themselves (`long-texts.ts`). */
const engagements = `select case when l.id is null then e.id
    else e.id || encode(sha256(convert_to(l.id, 'UTF8')), 'hex') end as id, e.key, e.start_ms
  from engagement as e left join long_id as l
    on l.tenant = e.tenant and l.key = e.key and octet_length(e.id) > ${mostIndexedBytes} where e.tenant = $1`

/** What the `engagement_key` of a tenant has to be; of several with the same id the first one is found. */
const places = `select distinct on (id) id, key, start_ms from (${engagements}) as e order by id, key`

async function checkPlaces(run: Run, tenant: CheckedTenant): Promise<readonly Finding[]> {
  const ids = async (sql: string) =>
    (await run({ sql, parameters: [tenant.key] }, {})).map(([id]) => String(id))
  const wrong = await ids(
    `select distinct id from (select id, key, start_ms from engagement_key where tenant = $1) as k
      full join (${places}) as e using (id, key, start_ms) where k is null or e is null order by id`,
  )
  const taken = await ids(`select id from (${engagements}) as e group by id having count(*) > 1 order by id`)
  return [
    ...findingOf(tenant, undefined, 'ids lead elsewhere than to their engagements', wrong, 'places'),
    ...findingOf(tenant, undefined, 'several engagements have the same id', taken, undefined),
  ]
}

async function* recordingsOf(db: Kysely<PostgresTables>, tenant: string): AsyncGenerator<KeptRecording> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('recording as r')
      .select(['r.id', 'r.engagement_id', 'r.media_type', 'r.size', 'r.sha256'])
      .where('r.id', '>', last)
      .orderBy('r.id')
      .limit(rowsAtOnce)
      .execute()
    const ids = rows.map((row) => foundAs(row.engagement_id))
    const found =
      ids.length === 0
        ? []
        : await db.selectFrom('engagement_key').select('id').where('id', 'in', ids).execute()
    const placed = new Set(found.map((place) => place.id))
    for (const { id, engagement_id, media_type: mediaType, size, sha256 } of rows)
      yield { tenant, id, mediaType, size: Number(size), sha256, placed: placed.has(foundAs(engagement_id)) }
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.id
  }
}
