/** The second lock: what the server itself shows of a tenant, whatever a query of ours forgets to say. */
import { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestStores, type TestStores } from '../../../test-support/test-stores.ts'
import { openStore } from '../../open-store.ts'
import type { Tables } from '../../schema.ts'
import type { Store } from '../../store.ts'
import { tenantDialect } from './dialect.ts'
import { type Connections, openPool } from './open-pool.ts'
import type { PostgresSettings } from './settings.ts'

let stores: TestStores
let store: Store
let pool: Connections
let settings: PostgresSettings
const tables = [
  ...[
    'account',
    'client',
    'person',
    'engagement',
    'engagement_key',
    'participant',
    'start_count',
    'duration_count',
  ],
  ...['arrival', 'recording', 'removed_file', 'saved_view', 'sync_walk', 'sync_gap', 'audit'],
  ...['long_id', 'long_email'],
] as const

const failed = () => {}
/** Of A and B, by name. */
const keys: number[] = []
beforeAll(async () => {
  stores = await createTestStores()
  store = await stores.open()
  for (const tenant of ['A', 'B']) {
    const long = tenant.repeat(3000)
    const engagement = {
      id: long,
      duration: 1,
      associateInitiated: false,
      users: [{ uri: `${long}@x.example` }],
    }
    const held = { id: tenant, mediaType: 'audio/webm', size: 1, sha256: 'ab' }
    const key = { tenant, scope: 's', status: 'successful' } as const
    await store.writer.write(
      tenant,
      [{ engagement: { ...engagement, startDate: '2026-01-01T00:00:00Z' }, held: [held] }],
      [
        { kind: 'put', key, state: { wholeMs: 1, underWay: undefined } },
        { kind: 'note-gap', key, gap: { fromMs: 1, toMs: 2 }, notedMs: 1 },
      ],
    )
    await store.writer.write(tenant, [{ engagement, held: [{ ...held, sha256: 'cd' }] }])
    await store.accounts.add({
      tenant,
      email: 'e@x.example',
      role: 'admin',
      password: 'a password of theirs',
    })
    await store.accounts.addClient(tenant, 'c', 'a secret of theirs')
    await store.views.create(
      tenant,
      'v',
      { name: 'V', format: 1, parameters: [] },
      { atMs: 1, by: 'e@x.example' },
    )
    await store.writer.write(tenant, [{ engagement: { id: 'gone', associateInitiated: false }, held: [] }])
    await store.writer.remove(tenant, 'gone', { atMs: 1, subject: undefined, address: '::1' })
  }
  if (stores.database === undefined) throw new Error('A test of PostgreSQL alone')
  settings = stores.database.settings
  // Of another role than the owner, as whoever runs Hindsight may give it.
  const superuser = await stores.database.superuser()
  const { user } = settings
  await superuser.query(`create role ${user}_app login password '${settings.password}';
    grant usage on schema ${user} to ${user}_app;
    grant select, insert, update, delete on all tables in schema ${user} to ${user}_app;
    alter role ${user}_app set search_path = ${user}`)
  const found = await superuser.query('select key from tenant order by name')
  keys.push(...found.rows.map(({ key }) => key))
  await superuser.end()
  const limits = { name: 'test', connections: 2, statementMs: 5000 }
  pool = openPool({ ...settings, user: `${user}_app` }, settings.hosts[0], limits, failed)
})
afterAll(async () => {
  await pool.end()
  await store.close()
  const superuser = await stores.database?.superuser()
  await superuser?.query(`drop owned by ${settings.user}_app; drop role ${settings.user}_app`)
  await superuser?.end()
  await stores.drop()
})

const of = (tenant: number | undefined) =>
  new Kysely<Record<string, { tenant: number }>>({ dialect: tenantDialect(() => pool.connect(), tenant) })

it.each(tables)('shows of %s the rows of the tenant that is named, and none without', async (table) => {
  for (const tenant of keys) {
    const rows = await of(tenant).selectFrom(table).select('tenant').execute()
    expect(new Set(rows.map((row) => row.tenant))).toEqual(new Set([tenant]))
  }
  expect(await of(undefined).selectFrom(table).select('tenant').execute()).toEqual([])
  expect(await of(-1).selectFrom(table).select('tenant').execute()).toEqual([])
})

it('takes and changes no row of another tenant', async () => {
  const [a = 0, b = 0] = keys
  const other = { tenant: b, at_ms: 9, last_key: 9 }
  const tenantOne = of(a) as unknown as Kysely<Tables>
  await expect(tenantOne.insertInto('arrival').values(other).execute()).rejects.toThrow('row-level security')
  const changed = await tenantOne.updateTable('arrival').set({ last_key: 0 }).executeTakeFirst()
  expect(changed.numUpdatedRows).toBe(await countOf(a))
  const kept = await (of(b) as unknown as Kysely<Tables>).selectFrom('arrival').select('last_key').execute()
  expect(kept).toEqual([{ last_key: 1 }, { last_key: 2 }])
})

async function countOf(tenant: number): Promise<bigint> {
  return BigInt((await of(tenant).selectFrom('arrival').select('tenant').execute()).length)
}

it('holds for the owner of the tables as well, and shows no partition by its name', async () => {
  const [a = 0] = keys
  const limits = { name: 'own', connections: 1, statementMs: 5000 }
  const own = openPool(settings, settings.hosts[0], limits, failed)
  const owner = new Kysely<Record<string, { tenant: number }>>({
    dialect: tenantDialect(() => own.connect(), a),
  })
  for (const one of [owner, of(a)])
    expect(await one.selectFrom(`engagement_${a}_unknown`).selectAll().execute()).toEqual([])
  const seen = await owner.selectFrom('engagement').select('tenant').execute()
  expect(seen).toEqual([{ tenant: a }])
  await own.end()
})

it('is enough for a server: it writes, makes months, and reads', async () => {
  const app = await openStore({
    dataDir: stores.folder,
    database: { ...settings, user: `${settings.user}_app` },
  })
  const later = { id: 'later', startDate: '2031-07-01T00:00:00Z', associateInitiated: false }
  expect(await app.writer.write('A', [{ engagement: later, held: [] }])).toMatchObject({ added: 1 })
  expect(await app.source.engagement('A', 'later')).toContain('2031-07-01')
  await app.close()
})
