/** Who may bypass row-level security is refused, and told by which statements somebody else is let in. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rolePassword } from '../../../test-support/postgres/cluster.ts'
import { createTestDatabase, type TestDatabase } from '../../../test-support/postgres/test-database.ts'
import { openStore } from '../../open-store.ts'

let database: TestDatabase
let owner: string
beforeEach(async () => {
  database = await createTestDatabase()
  owner = database.settings.user
})
afterEach(async () => {
  await asSuperuser(`drop owned by ${owner}_bound cascade; drop role ${owner}_bound`)
  await database.drop()
})

async function asSuperuser(text: string): Promise<void> {
  const client = await database.superuser()
  await client.query(text)
  await client.end()
}
const open = (user: string) =>
  openStore({ dataDir: '/nowhere', database: { ...database.settings, user, password: rolePassword } })
const engagement = { id: 'call', startDate: '2026-01-01T00:00:00Z', associateInitiated: false }

/** Runs what the refusal says, under a name of the test's own. */
async function asTold(error: unknown): Promise<void> {
  expect(error).toBeInstanceOf(Error)
  const { message } = error as Error
  const statements = message.split('\n').filter((line) => line.startsWith('  '))
  await asSuperuser(
    statements
      .join('\n')
      .replaceAll(/\bhindsight\b/g, `${owner}_bound`)
      .replace('…', rolePassword),
  )
}

it.each([
  ['a superuser', 'superuser'],
  ['whoever has BYPASSRLS', 'bypassrls'],
])('refuses %s before there is a table', async (_who, attribute) => {
  await asSuperuser(`alter role ${owner} ${attribute}`)
  const refused = await open(owner).catch((error: unknown) => error)
  expect(String(refused)).toContain(`${owner} is a superuser or has BYPASSRLS`)
  const client = await database.superuser()
  const { rows } = await client.query(`select from pg_class where relnamespace = '${owner}'::regnamespace`)
  await client.end()
  expect(rows).toEqual([])
  await asTold(refused)
  const store = await open(`${owner}_bound`)
  expect(await store.writer.write('T', [{ engagement, held: [] }])).toMatchObject({ added: 1 })
  await store.close()
})

it('refuses who may become one that is not bound, and gives the tables to another', async () => {
  const before = await open(owner)
  await before.writer.write('T', [{ engagement, held: [] }])
  await before.close()
  await asSuperuser(`grant postgres to ${owner}`)
  const refused = await open(owner).catch((error: unknown) => error)
  expect(String(refused)).toContain(`${owner} may become postgres`)
  await asTold(refused)
  const store = await open(`${owner}_bound`)
  expect(await store.source.engagement('T', 'call')).toContain('2026-01-01')
  const later = { ...engagement, id: 'later', startDate: '2031-01-01T00:00:00Z' }
  expect(await store.writer.write('T', [{ engagement: later, held: [] }])).toMatchObject({ added: 1 })
  await store.close()
  const client = await database.superuser()
  const { rows } =
    await client.query(`select relname from pg_class where relnamespace = '${owner}'::regnamespace
    and relkind in ('r', 'p') and relowner = '${owner}'::regrole`)
  await client.end()
  expect(rows).toEqual([])
})
