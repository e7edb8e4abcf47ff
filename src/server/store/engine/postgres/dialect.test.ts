import { Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test-support/postgres/test-database.ts'
import { tenantDialect } from './dialect.ts'
import { type Connections, openPool } from './open-pool.ts'

let database: TestDatabase
let pool: Connections
const failures: unknown[] = []
let told: () => void = () => {}

beforeAll(async () => {
  database = await createTestDatabase()
  const [host] = database.settings.hosts
  const limits = { name: 'test', connections: 2, statementMs: 1000 }
  pool = openPool(database.settings, host, limits, (error) => {
    failures.push(error)
    told()
  })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const of = (tenant: number | undefined) =>
  new Kysely<Record<string, never>>({ dialect: tenantDialect(() => pool.connect(), tenant) })
const tenantSeen = sql<{
  tenant: string | null
}>`select nullif(current_setting('hindsight.tenant', true), '') as tenant`

it('gives numbers as numbers, and any character back', async () => {
  const given = 'a\u0000b\u0001c\u{1f600}'
  const { rows } =
    await sql`select 9007199254740991::int8 as whole, 1.5::numeric as part, ${given}::text as said`.execute(
      of(7),
    )
  expect(rows).toEqual([{ whole: 9_007_199_254_740_991, part: 1.5, said: given }])
})

it('tells the server whose statement it is, in a transaction and out of one, and nobody else', async () => {
  expect((await tenantSeen.execute(of(7))).rows).toEqual([{ tenant: '7' }])
  const inside = await of(8)
    .transaction()
    .execute((transaction) => tenantSeen.execute(transaction))
  expect(inside.rows).toEqual([{ tenant: '8' }])
  expect((await tenantSeen.execute(of(undefined))).rows).toEqual([{ tenant: null }])
})

it('goes on after what the server refused, what took too long, and connections that broke', async () => {
  await expect(sql`select 1 / 0`.execute(of(7))).rejects.toThrow('division by zero')
  await expect(sql`select pg_sleep(5)`.execute(of(7))).rejects.toThrow('57014')
  expect((await tenantSeen.execute(of(7))).rows).toEqual([{ tenant: '7' }])
  const superuser = await database.superuser()
  const ended = new Promise<void>((resolve) => {
    told = resolve
  })
  await superuser.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where usename = current_schema() and application_name = 'hindsight test'`,
  )
  await superuser.end()
  await ended
  expect(failures.length).toBeGreaterThan(0)
  expect((await tenantSeen.execute(of(7))).rows).toEqual([{ tenant: '7' }])
})
