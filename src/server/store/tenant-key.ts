import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** The key of a tenant, which has a row from then on. */
export async function tenantKey(db: Kysely<Tables>, name: string): Promise<number> {
  await db
    .insertInto('tenant')
    .values({ name })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('tenant').select('key').where('name', '=', name).executeTakeFirstOrThrow()
  return row.key
}
