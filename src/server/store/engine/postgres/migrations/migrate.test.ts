/** Databases of earlier versions, instances that start at once, and the version before that goes on beside a newer one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { countQuery, engagementQuery } from '../../../../../contract/query/engagement-query.ts'
import { hindsightProcesses } from '../../../../test-support/hindsight-processes.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test-support/postgres/test-database.ts'
import { openStore } from '../../../open-store.ts'
import { createAdvisoryFileLock } from '../advisory-file-lock.ts'
import { tenantDialect } from '../dialect.ts'
import { createPostgresReader } from '../engagement-reader.ts'
import { createPostgresWriter } from '../engagement-writer.ts'
import { type Connections, openPool, type PoolLimits } from '../open-pool.ts'
import type { PostgresTables } from '../schema.ts'
import { createTenants } from '../tenants.ts'
import { createVersionFloors } from '../version-floors.ts'
import { migratePostgres, migrations } from './migrate.ts'

let database: TestDatabase
const pools: Connections[] = []
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
  await database.drop()
})

function pool(limits: Partial<PoolLimits> = {}): Connections {
  const [host] = database.settings.hosts
  const all = { name: 'test', connections: 4, statementMs: 20_000, ...limits }
  const made = openPool(database.settings, host, all, () => {})
  pools.push(made)
  return made
}
const names = Object.keys(migrations)
const earlier = names.slice(0, -1)
const upTo = (name: string) =>
  Object.fromEntries(Object.entries(migrations).slice(0, names.indexOf(name) + 1))
async function asSuperuser<Row extends object>(text: string): Promise<Row[]> {
  const client = await database.superuser()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}
const done = async () =>
  (await asSuperuser<{ name: string }>('select name from kysely_migration order by name')).map(
    ({ name }) => name,
  )

it.each(earlier)('brings a database of %s to the present schema, with all that is in it', async (name) => {
  await migratePostgres(pool(), upTo(name))
  // As the server could compress it, an index of the first versions took it.
  const id = 'x'.repeat(name < '0003' ? 5000 : 500)
  const engagement = { id, users: [{ uri: `${id}@x.example` }], associateInitiated: false }
  await asSuperuser(`insert into tenant (key, name) values (1, 'T');
    select hindsight_add_month(1, null);
    insert into engagement (tenant, start_ms, key, id, status, duration, doc) values
      (1, ${Number.MIN_SAFE_INTEGER}, 1, '${id}', 2, '-infinity', '${JSON.stringify(engagement)}');
    insert into engagement_key (tenant, id, key, start_ms) values (1, '${id}', 1, ${Number.MIN_SAFE_INTEGER});
    insert into person (tenant, key, email) values (1, 7, '${id}@x.example');
    insert into participant (tenant, start_ms, engagement, person, id, status, duration) values
      (1, ${Number.MIN_SAFE_INTEGER}, 1, 7, '${id}', 2, '-infinity');
    insert into recording (tenant, id, engagement_id, media_type, size, sha256) values (1, 'r', '${id}', 'audio/webm', 1, 'ab')`)
  const store = await openStore({ dataDir: '/nowhere', database: database.settings })
  try {
    expect(await store.check.findings(new AbortController().signal)).toEqual([])
    expect(await store.writer.write('T', [{ engagement, held: [] }])).toMatchObject({ unchanged: 1 })
    const page = await store.source.page('T', {
      ...engagementQuery.defaults,
      status: 'all',
      user: [`${id}@x.example`],
    })
    expect(page.documents).toEqual([JSON.stringify(engagement)])
  } finally {
    await store.close()
  }
})

it.each([
  ['an empty database', undefined],
  ['one of the first version', earlier[0]],
])('is done once by processes that start at once over %s', async (_what, name) => {
  if (name !== undefined) await migratePostgres(pool(), upTo(name))
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const secret = 'a secret for tests, longer than 32 characters'
  const hindsight = hindsightProcesses(folder, {
    DATABASE_URL: database.url,
    SESSION_SECRET: secret,
    DEMO: 'off',
  })
  try {
    const both = await Promise.all([1, 2].map(() => hindsight.run(['user', 'list', '--tenant', 'T'])))
    expect(both).toEqual([1, 2].map(() => ({ code: 0, out: '', err: '' })))
    expect(await done()).toEqual(names)
  } finally {
    await hindsight.end()
    await rm(folder, { recursive: true })
  }
})

/** What a version to come may do. */
const toCome: Migration = {
  async up(db) {
    await sql`create table next (tenant integer not null references tenant (key))`.execute(db)
    for (const table of ['tenant', 'person', 'start_count', 'engagement_key', 'engagement', 'participant'])
      await sql`alter table ${sql.table(table)} add column next integer default 7`.execute(db)
  },
}

/** Writers of 0004, by whose statements it differs from the present version. */
function asOfBefore(connections: Connections): Connections {
  const before: readonly [RegExp, string, readonly number[]][] = [
    [
      /^insert into start_count/,
      `insert into start_count (tenant, status, unit, at, engagements)
        select $1::integer, * from unnest($2::smallint[], $3::smallint[], $4::integer[], $5::integer[]) as c(s, u, a, n)
        where u < 2 on conflict (tenant, status, unit, at)
        do update set engagements = start_count.engagements + excluded.engagements`,
      [0, 1, 2, 3, 4],
    ],
    [/^insert into duration_count/, 'select', []],
    [
      /^update tenant set version/,
      'update tenant set version = greatest(version + 1, $1::bigint) where key = $2 returning version',
      [0, 2],
    ],
  ]
  return {
    ...connections,
    async connect(how) {
      const client = await connections.connect(how)
      return new Proxy(client, {
        get(target, name) {
          const own: unknown = Reflect.get(target, name)
          if (name !== 'query') return typeof own === 'function' ? own.bind(target) : own
          return (config: { text?: string; values?: unknown[] }, ...rest: []) => {
            const [, text, places] = before.find(([start]) => start.test(config.text ?? '')) ?? []
            const values = places?.map((place) => config.values?.[place])
            return target.query((text === undefined ? config : { ...config, text, values }) as never, ...rest)
          }
        },
      })
    },
  }
}

it.each([
  ['the present one', earlier.at(-1) ?? '', migrations],
  ['one to come', names.at(-1) ?? '', { ...migrations, '9999-to-come': toCome }],
])('lets the version before read and write on while it becomes %s', async (_what, from, to) => {
  await migratePostgres(pool(), upTo(from))
  const connections = pool()
  const tenants = createTenants(connections)
  const db = new Kysely<PostgresTables>({ dialect: tenantDialect(() => connections.connect(), undefined) })
  const floors = createVersionFloors()
  const reading = { near: connections, fresh: connections, readsReplica: () => false }
  const reader = createPostgresReader(reading, floors, db, tenants, () => {})
  const writing = from < '0005' ? asOfBefore(pool()) : pool()
  const writer = createPostgresWriter(writing, db, tenants, createAdvisoryFileLock(pool()), floors)
  const query = { ...engagementQuery.defaults, status: 'all' } as const
  let written = 0
  const write = () => {
    const startDate = new Date(Date.UTC(2026, written++ % 3)).toISOString()
    const users = [{ uri: `${written}@x.example` }]
    const engagement = { id: `call-${written}`, startDate, users, associateInitiated: false }
    const held = [{ id: `rec-${written}`, mediaType: 'audio/webm', size: 1, sha256: 'ab' }]
    return writer.write('T', [{ engagement, held }])
  }
  const read = async () => {
    expect((await reader.page('T', { ...query, limit: 1 })).documents).toHaveLength(1)
    expect(await reader.recording('T', 'rec-1')).toBeDefined()
    expect(await reader.count('T', query)).toBeGreaterThan(0)
  }
  // So often that each connection has parsed each statement.
  await write()
  for (let n = 0; n < 4; n++) await Promise.all([write(), read(), read()])
  // Somebody reads for long, of what the migration wants for itself.
  const patient = await database.superuser()
  await patient.query('begin; select from recording; select from engagement')
  let migrated = false
  const migrating = migratePostgres(pool({ connections: 1, lockMs: 100 }), to).then(() => {
    migrated = true
  })
  const untilMigrated = async (act: () => Promise<unknown>, then?: () => Promise<unknown>) => {
    for (let times = 1; !migrated; times++) {
      await act()
      if (times === 40) await then?.()
    }
  }
  await Promise.all([
    untilMigrated(write),
    untilMigrated(read),
    untilMigrated(read, async () => {
      expect(migrated).toBe(false)
      await patient.query('commit')
    }),
  ])
  await migrating
  await Promise.all([write(), read(), read()])
  expect(await reader.count('T', query)).toBe(written)
  expect(await done()).toEqual(Object.keys(to))
  await patient.end()
})

it('looks at no table of others: it would fail where a schema is dropped meanwhile', async () => {
  const connections = pool()
  const asked: string[] = []
  await migratePostgres({
    ...connections,
    async connect(how) {
      const client = await connections.connect(how)
      return new Proxy(client, {
        get(target, name) {
          const own: unknown = Reflect.get(target, name)
          if (name !== 'query') return typeof own === 'function' ? own.bind(target) : own
          return (config: string | { text: string }, ...rest: []) => {
            asked.push(typeof config === 'string' ? config : config.text)
            return target.query(config as never, ...rest)
          }
        },
      })
    },
  })
  expect(await done()).toEqual(names)
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.filter((text) => text.includes('pg_attribute'))).toEqual([])
})

it('counts anew what the version before has written beside the present one', async () => {
  await migratePostgres(pool())
  const [connections, floors] = [asOfBefore(pool()), createVersionFloors()]
  const db = new Kysely<PostgresTables>({ dialect: tenantDialect(() => connections.connect(), undefined) })
  const tenants = createTenants(connections)
  const before = createPostgresWriter(connections, db, tenants, createAdvisoryFileLock(connections), floors)
  const call = (id: string) => ({
    engagement: {
      id,
      startDate: '2026-01-31T23:59:00.000Z',
      endDate: '2026-02-01T00:01:00.000Z',
      duration: 120.5,
      associateInitiated: false,
    },
    held: [],
  })
  await before.write('T', [call('a'), call('b')])
  const store = await openStore({ dataDir: '/nowhere', database: database.settings })
  const isCounted = async () =>
    (await asSuperuser<{ of: boolean }>('select counted_version = version as of from tenant'))[0]?.of
  const ended = () =>
    store.source.count('T', {
      ...countQuery.defaults,
      status: 'all',
      endAfter: Date.UTC(2026, 1),
      endBefore: Date.UTC(2026, 1, 2),
    })
  try {
    expect(await isCounted()).toBe(false)
    expect(await ended()).toBe(2)
    await vi.waitFor(async () => expect(await isCounted()).toBe(true))
    expect(await ended()).toBe(2)
    await store.writer.write('T', [call('c')])
    expect(await isCounted()).toBe(true)
    expect(await ended()).toBe(3)
    expect(await store.check.findings(new AbortController().signal)).toEqual([])
    await before.write('T', [call('d')])
    expect(await isCounted()).toBe(false)
    expect(await ended()).toBe(4)
  } finally {
    await store.close()
  }
})
