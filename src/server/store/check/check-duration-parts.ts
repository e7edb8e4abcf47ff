/** The parts of the order by duration against the rows, a part at a time along the index. */
import { type Kysely, sql } from 'kysely'
import { type DurationPlace, leastId, unknownDuration } from '../duration-parts.ts'
import type { StatusCode, Tables } from '../schema.ts'
import { type CheckedTenant, type Finding, findingOf } from './finding.ts'

export async function checkDurationParts(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  status: StatusCode,
): Promise<readonly Finding[]> {
  const kept = await db
    .selectFrom('duration_part')
    .select(['duration', 'from_id', 'engagements'])
    .where('tenant', '=', tenant.key)
    .where('status', '=', status)
    .orderBy('duration')
    .orderBy('from_id')
    .execute()
  const places: string[] = []
  for (const least of [unknownDuration, 0]) {
    const parts = kept
      .map(({ duration, from_id: id, engagements }) => ({
        duration: Number(duration),
        id,
        engagements: Number(engagements),
      }))
      .filter(({ duration }) => (duration === unknownDuration) === (least === unknownDuration))
    const [first] = parts
    // What is before the first part is in none.
    if (first === undefined || first.duration !== least || first.id.length > 0)
      parts.unshift({ duration: least, id: leastId, engagements: 0 })
    for (const [at, part] of parts.entries()) {
      const there = await countPart(db, tenant, status, part, parts[at + 1])
      if (there === part.engagements) continue
      const from = part.duration === unknownDuration ? 'unknown ones' : `${part.duration} s`
      const id = part.id.length === 0 ? '' : ` and id x'${Buffer.from(part.id).toString('hex')}'`
      places.push(`from ${from}${id} on ${part.engagements} are kept, the rows are ${there}`)
    }
  }
  return findingOf(tenant, status, 'kept parts of durations differ from the rows', places, 'rollups')
}

async function countPart(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  status: StatusCode,
  from: DurationPlace,
  until: DurationPlace | undefined,
): Promise<number> {
  const known = from.duration !== unknownDuration
  const { n } = await db
    .selectFrom('engagement')
    .select(sql<number>`count(*)`.as('n'))
    .where('tenant', '=', tenant.key)
    .where('status', '=', status)
    .$if(known, (query) => query.where(sql<boolean>`(duration, id) >= (${from.duration}, ${from.id})`))
    .$if(!known, (query) => query.where('duration', 'is', null).where('id', '>=', from.id))
    .$if(until !== undefined && known, (query) =>
      query.where(sql<boolean>`(duration, id) < (${until?.duration}, ${until?.id})`),
    )
    .$if(until !== undefined && !known, (query) => query.where('id', '<', until?.id ?? leastId))
    .executeTakeFirstOrThrow()
  return Number(n)
}
