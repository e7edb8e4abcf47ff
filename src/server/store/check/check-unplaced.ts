/** The kept counts of engagements without a start against the rows. */
import { type Kysely, sql } from 'kysely'
import type { StatusCode, Tables } from '../schema.ts'
import { startUnknown } from '../start-key.ts'
import { type CheckedTenant, type Finding, findingOf } from './finding.ts'

export async function checkUnplaced(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  status: StatusCode,
): Promise<readonly Finding[]> {
  const kept = await db
    .selectFrom('unplaced')
    .select(['engagements', 'open'])
    .where('tenant', '=', tenant.key)
    .where('status', '=', status)
    .executeTakeFirst()
  const there = await db
    .selectFrom('engagement')
    .select([sql<number>`count(*)`.as('engagements'), sql<number>`count(*) - count(end_ms)`.as('open')])
    .where('tenant', '=', tenant.key)
    .where('status', '=', status)
    .where(startUnknown())
    .executeTakeFirstOrThrow()
  const wrong = (['engagements', 'open'] as const).filter(
    (column) => Number(kept?.[column] ?? 0) !== Number(there[column]),
  )
  const places = wrong.map(
    (column) => `${column} is ${kept?.[column] ?? 'missing'}, the rows are ${there[column]}`,
  )
  return findingOf(tenant, status, 'kept counts of what has no start differ from the rows', places, 'rollups')
}
